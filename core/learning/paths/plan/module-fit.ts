import type { Level, Module } from '../../types.ts';
import { type Stage, stageOf, styleOf } from './module-kinds.ts';
import type { PathLearner } from './path-learner.ts';

/** How much each fit counts among modules that could come next. */
const [STYLE_WEIGHT, LEVEL_WEIGHT, PACE_WEIGHT] = [0.5, 0.3, 0.2];
const NEUTRAL = 0.5;

/** Who begins is told before they try; who is far tries before they are told. What they know is asked last. */
const BEGINNING: Readonly<Record<Stage, number>> = { instruction: 1, practice: 0.5, assessment: 0 };
const ADVANCED: Readonly<Record<Stage, number>> = { instruction: 0.5, practice: 1, assessment: 0 };

const isFar = (level: Level | undefined): boolean => level === 'advanced' || level === 'expert';

/** 1 for a type of the learner's style, 0 for one of another, between them as far as the style is uncertain. */
const styleFit = (module: Module, { style }: PathLearner): number => {
  const suits = styleOf(module);
  if (style === undefined || suits === undefined) return NEUTRAL;
  return NEUTRAL + (suits === style.name ? 0.5 : -0.5) * style.confidence;
};

/** Short ones first at a slow pace, long ones first at a fast one. `typical` is the median duration of the path. */
const paceFit = ({ duration }: Module, { pace }: PathLearner, typical: number): number => {
  if (pace !== 'slow' && pace !== 'fast') return NEUTRAL;
  const length = duration + typical > 0 ? duration / (duration + typical) : NEUTRAL;
  return pace === 'fast' ? length : 1 - length;
};

/**
 * How well a module would come next, 0-1: .5 style (1 where the type suits the learner's, 0 where it suits another), .3 level (instruction,
 * practice, assessment; practice first from `advanced` on), .2 pace (short first where slow, long first where fast). .5 for what is not known.
 */
export const moduleFit = (
  module: Module,
  learner: PathLearner,
  path: { readonly level: Level; readonly typicalDuration: number },
): number => {
  const byStage = isFar(learner.level ?? path.level) ? ADVANCED : BEGINNING;
  return (
    STYLE_WEIGHT * styleFit(module, learner) +
    LEVEL_WEIGHT * byStage[stageOf(module)] +
    PACE_WEIGHT * paceFit(module, learner, path.typicalDuration)
  );
};

/** The middle one of some durations (seconds); 0 for none. */
export const typicalDuration = (modules: readonly Module[]): number => {
  const durations = modules.map(({ duration }) => duration).sort((a, b) => a - b);
  return durations[Math.floor((durations.length - 1) / 2)] ?? 0;
};
