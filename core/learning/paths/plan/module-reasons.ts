import type { LearningPath, Level } from '../../types.ts';
import type { DifficultyTerms } from './difficulty.ts';
import { stageOf, styleOf } from './module-kinds.ts';
import type { PathLearner } from './path-learner.ts';
import type { PlannedModule } from './plan.ts';

const SHOWN = 3;
/** A term that moves a difficulty by less is not told. */
const TOLD_FROM = 0.02;

const listed = (names: readonly string[]): string => {
  const rest = names.length - SHOWN;
  const shown = rest > 0 ? [...names.slice(0, SHOWN), `${rest} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
};

const withArticle = (noun: string): string => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;

const scored = ({ progress }: PlannedModule): string =>
  progress?.score === undefined ? '' : ` with ${progress.score} of 100`;

const placeReason = (module: PlannedModule): string => {
  const { status, missing, prerequisites, reviewOf } = module;
  if (status === 'completed') return `Completed${scored(module)}`;
  if (status === 'skipped') return 'Skipped';
  if (status === 'failed') return `Failed${scored(module)}: to be done again`;
  if (status === 'started') return 'Begun';
  if (reviewOf !== undefined) return `Looks at ${reviewOf} again before what builds on it`;
  if (status === 'locked') return `Comes after ${listed(missing)}`;
  return prerequisites.length === 0 ? 'Nothing has to come before it' : 'What it needs is done';
};

const styleReason = (module: PlannedModule, { style }: PathLearner): string[] =>
  style !== undefined && styleOf(module) === style.name
    ? [`${withArticle(module.type)} suits ${withArticle(`${style.name} learner`)}`]
    : [];

const stageReason = (module: PlannedModule, level: Level): string[] => {
  const isFar = level === 'advanced' || level === 'expert';
  return isFar && stageOf(module) === 'practice'
    ? [`practice early suits ${withArticle(level)} learner`]
    : [];
};

/** What moved the difficulty of what is left, in words; empty where nothing did. */
export const difficultyReason = ({ performance, time, engagement }: DifficultyTerms): string => {
  const causes: readonly (readonly [term: number, up: string, down: string])[] = [
    [performance, 'good scores', 'low scores'],
    [time, 'quick work', 'slow work'],
    [engagement, 'high engagement', 'low engagement'],
  ];
  const told = causes.filter(([term]) => Math.abs(term) >= TOLD_FROM);
  const harder = told.filter(([term]) => term > 0).map(([, up]) => up);
  const easier = told.filter(([term]) => term < 0).map(([, , down]) => down);
  return [
    ...(harder.length > 0 ? [`harder after ${listed(harder)}`] : []),
    ...(easier.length > 0 ? [`easier after ${listed(easier)}`] : []),
  ].join(', ');
};

/** What made the difficulty of what is left rise or fall, in words; empty where no term did by itself. */
export const changeReason = (
  kind: 'harder' | 'easier',
  before: DifficultyTerms,
  after: DifficultyTerms,
): string => {
  const causes: readonly (readonly [by: number, up: string, down: string])[] = [
    [after.performance - before.performance, 'better scores', 'lower scores'],
    [after.time - before.time, 'quicker work', 'slower work'],
    [after.engagement - before.engagement, 'more engagement', 'less engagement'],
  ];
  const told = causes.filter(([by]) => (kind === 'harder' ? by : -by) >= TOLD_FROM);
  return listed(told.map(([, up, down]) => (kind === 'harder' ? up : down)));
};

/** Why a module stands where it stands, and why it is so hard, in words. */
export const moduleReason = (
  module: PlannedModule,
  path: LearningPath,
  { learner, terms }: { readonly learner: PathLearner; readonly terms: DifficultyTerms },
): string => {
  const isOver = module.status === 'completed' || module.status === 'skipped';
  if (isOver) return placeReason(module);
  return [
    placeReason(module),
    ...(module.maySkip ? ['it may be skipped, since what came before was too easy'] : []),
    ...styleReason(module, learner),
    ...stageReason(module, learner.level ?? path.level),
    difficultyReason(terms),
  ]
    .filter(Boolean)
    .join('; ');
};
