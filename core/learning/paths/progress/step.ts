import { Conflict, Invalid } from '../../../errors.ts';
import type {
  Adaptation,
  LearningPath,
  Module,
  ModuleProgress,
  PathProgress,
  Review,
  ToldStep,
} from '../../types.ts';
import { stageOf } from '../plan/module-kinds.ts';
import { changeReason } from '../plan/module-reasons.ts';
import type { PathLearner } from '../plan/path-learner.ts';
import { isDone, missingFor, type Plan, planPath, progressOf } from '../plan/plan.ts';
import { MOST_REVIEWS, placeOf, reviewIdFor } from './reviews.ts';
import { LOW_SCORE } from './signals.ts';

/** What an application tells of a module. `score` 0-100, `timeSpent` in seconds. */
export type Step = {
  readonly moduleId: string;
  readonly status: 'started' | 'completed' | 'failed' | 'skipped';
  readonly score?: number | undefined;
  readonly timeSpent?: number | undefined;
};

export type Taken = {
  readonly progress: PathProgress;
  /** What is to be tracked; absent where this was told before: nothing is changed then. */
  readonly told?: ToldStep;
};

const ADAPTATIONS_KEPT = 20;
/** A module that is passed, but only just, is looked at again. */
const BARELY = 50;
/** So many of the next modules may be skipped by somebody who is bored. */
const SKIPPABLE = 2;
/** A smaller change of difficulty is not worth telling. */
const NOTICEABLE = 0.01;

const moduleIn = (path: LearningPath, progress: PathProgress, moduleId: string): Module => {
  const module = placeOf(path, progress, moduleId)?.module;
  if (module) return module;
  throw new Invalid([{ path: 'moduleId', message: `"${moduleId}" is not a module of this path` }]);
};

const saysNothingNew = (told: number | undefined, known: number | undefined): boolean =>
  told === undefined || told === known;

/** What is completed stays so, what is skipped until it is completed: what comes after it is never locked again. */
const staysDone = ({ status }: ModuleProgress, step: Step): boolean =>
  status === 'completed' || (status === 'skipped' && step.status !== 'completed');

/** True where the same was told before: `PUT` may be repeated. */
const isRepeat = (known: ModuleProgress | undefined, step: Step): boolean => {
  if (known === undefined) return false;
  const isOver = known.status === 'completed' || known.status === 'skipped';
  const isSameTime = saysNothingNew(step.timeSpent, known.timeSpent);
  if (step.status === 'skipped') return isOver;
  if (step.status === 'started')
    return isOver || (known.status === 'started' && (known.attempts > 0 || isSameTime));
  const isSameStatus = known.status === step.status || (staysDone(known, step) && known.attempts > 0);
  return isSameStatus && isSameTime && saysNothingNew(step.score, known.score);
};

const isAttempt = ({ status }: Step): boolean => status === 'completed' || status === 'failed';

/** An attempt that was told at its start keeps the time told then, unless more is told at its end. */
const timeOf = (known: ModuleProgress | undefined, step: Step): number => {
  if (step.timeSpent !== undefined && (isAttempt(step) || (known?.attempts ?? 0) === 0))
    return step.timeSpent;
  return known === undefined || (isAttempt(step) && known.attempts > 0) ? 0 : known.timeSpent;
};

const scoreOf = (known: ModuleProgress | undefined, step: Step): number | undefined =>
  isAttempt(step) ? step.score : known?.score;

const progressed = (
  known: ModuleProgress | undefined,
  step: Step,
  { at, difficulty }: { at: number; difficulty: number },
): ModuleProgress => {
  const stays = known !== undefined && staysDone(known, step);
  const score = scoreOf(known, step);
  return {
    status: stays ? known.status : step.status,
    ...(score !== undefined && { score }),
    timeSpent: timeOf(known, step),
    attempts: (known?.attempts ?? 0) + (isAttempt(step) ? 1 : 0),
    at: stays ? known.at : at,
    ...(isAttempt(step) && { difficulty: Math.round(difficulty * 1000) / 1000 }),
  };
};

const refuseIfLocked = (module: Module, progress: PathProgress): void => {
  const missing = missingFor(module, progress);
  if (missing.length === 0) return;
  const shown =
    missing.slice(0, 5).join(', ') + (missing.length > 5 ? ` and ${missing.length - 5} more` : '');
  throw new Conflict(`${module.id} is locked: first ${shown}`);
};

/** Why this step asks for a review; undefined where it does not. */
const reviewReason = (step: Step, plan: Plan): string | undefined => {
  if (step.status === 'failed')
    return step.score === undefined ? 'It failed' : `It failed with ${step.score} of 100`;
  if (step.status !== 'completed' || step.score === undefined) return undefined;
  if (step.score < BARELY) return `It was completed with ${step.score} of 100`;
  return plan.signals.struggle && step.score < LOW_SCORE
    ? `It was completed with ${step.score} of 100 while the path is hard going`
    : undefined;
};

/** The review that this step brings: none of reviews, none while an earlier one of the module waits, five in all. */
const reviewFor = (
  path: LearningPath,
  progress: PathProgress,
  step: Step,
  plan: Plan,
): Review | undefined => {
  const reason = reviewReason(step, plan);
  const waits = progress.reviews.some(({ id, of }) => of === step.moduleId && !isDone(progress, id));
  const isGiven = path.modules.some(({ id }) => id === step.moduleId);
  if (reason === undefined || waits || !isGiven || progress.reviews.length >= MOST_REVIEWS) return undefined;
  return {
    id: reviewIdFor(path, progress.reviews, step.moduleId),
    of: step.moduleId,
    at: progress.updatedAt,
    reason,
  };
};

/** Mean difficulty of the modules that are not begun in either plan, after minus before. */
const harderBy = (before: Plan, after: Plan): number => {
  const was = new Map(before.modules.map(({ id, difficulty }) => [id, difficulty]));
  const changes = after.modules.flatMap(({ id, difficulty, progress }) =>
    progress === undefined && was.has(id) ? [difficulty - was.get(id)!] : [],
  );
  return changes.length === 0 ? 0 : changes.reduce((sum, change) => sum + change, 0) / changes.length;
};

const difficultyChange = (before: Plan, after: Plan, at: number): Adaptation[] => {
  const change = harderBy(before, after);
  if (Math.abs(change) < NOTICEABLE || after.nextModule === null) return [];
  const kind = change > 0 ? 'harder' : 'easier';
  const because = changeReason(kind, before.terms, after.terms);
  const points = Math.round(100 * Math.abs(change));
  const reason = `What is left became ${points} ${points === 1 ? 'point' : 'points'} of 100 ${kind}${because && ` after ${because}`}`;
  return [{ at, kind, moduleId: after.nextModule, reason }];
};

/** Modules that may be skipped after this step: the next two that ask for no proof, where the learner is bored; none after struggle. */
const skippable = (progress: PathProgress, plan: Plan): string[] => {
  if (plan.signals.struggle) return [];
  const kept = (progress.maySkip ?? []).filter((id) => !isDone(progress, id));
  if (!plan.signals.boredom) return kept;
  const next = plan.modules.filter(
    (module) =>
      module.progress === undefined && module.reviewOf === undefined && stageOf(module) !== 'assessment',
  );
  return [...new Set([...kept, ...next.slice(0, SKIPPABLE).map(({ id }) => id)])];
};

/** Reviews that wait for a module which went well in the meantime are left out. */
const withoutNeedless = (progress: PathProgress, { moduleId, status, score }: Step): PathProgress => {
  const wentWell = status === 'completed' && score !== undefined && score >= LOW_SCORE;
  const needless = progress.reviews.filter(({ id, of }) => of === moduleId && !progressOf(progress, id));
  if (!wentWell || needless.length === 0) return progress;
  const skipped = { status: 'skipped', timeSpent: 0, attempts: 0, at: progress.updatedAt } as const;
  const modules = { ...progress.modules, ...Object.fromEntries(needless.map(({ id }) => [id, skipped])) };
  return { ...progress, modules };
};

type Adapting = {
  readonly path: LearningPath;
  readonly learner: PathLearner;
  readonly step: Step;
  readonly before: Plan;
};

/** The progress after a step with what follows from it for the rest of the path. */
const adapted = ({ path, learner, step, before }: Adapting, progress: PathProgress): PathProgress => {
  if (!learner.adapts || !isAttempt(step) || progress.completedAt !== undefined) return progress;
  const at = progress.updatedAt;
  const review = reviewFor(path, progress, step, planPath(path, progress, learner));
  const needed = withoutNeedless(progress, step);
  const reviewed = review ? { ...needed, reviews: [...needed.reviews, review] } : needed;
  const after = planPath(path, reviewed, learner);
  const maySkip = skippable(reviewed, after);
  const fresh = maySkip.filter((id) => !(progress.maySkip ?? []).includes(id));
  const adaptations: Adaptation[] = [
    ...progress.adaptations,
    ...(review
      ? [{ at, kind: 'review added' as const, moduleId: review.id, reason: `${review.of}: ${review.reason}` }]
      : []),
    ...difficultyChange(before, after, at),
    ...fresh.map((moduleId) => ({
      at,
      kind: 'may be skipped' as const,
      moduleId,
      reason: after.signals.reason,
    })),
  ];
  return { ...reviewed, maySkip, adaptations: adaptations.slice(-ADAPTATIONS_KEPT) };
};

const isFinished = (path: LearningPath, progress: PathProgress): boolean =>
  path.modules.every(({ id }) => isDone(progress, id));

/** A path of which everything was skipped is over, but nobody has walked it. */
const isWalked = (path: LearningPath, progress: PathProgress): boolean =>
  progress.completedAt !== undefined &&
  path.modules.some(({ id }) => progressOf(progress, id)?.status === 'completed');

const toldOf = (path: LearningPath, progress: PathProgress, step: Step): ToldStep => {
  const { attempts, timeSpent } = progressOf(progress, step.moduleId)!;
  return {
    moduleId: step.moduleId,
    status: step.status,
    ...(isAttempt(step) && step.score !== undefined && { score: step.score }),
    seconds: isAttempt(step) ? timeSpent : (step.timeSpent ?? 0),
    attempt: isAttempt(step) ? attempts : attempts + 1,
    at: progress.updatedAt,
    begins: progress.version === 1,
    ends: isWalked(path, progress),
  };
};

/**
 * The progress of a path after one step. `now` (ms) is brought forward where a clock ran backwards, so that the order of steps is that in which they
 * came. A repeat changes nothing.
 *
 * @throws Invalid for a module that the path does not have, Conflict for one that is locked and for anything new on a finished path
 */
export const takeStep = (
  { path, progress, learner }: { path: LearningPath; progress: PathProgress; learner: PathLearner },
  step: Step,
  now: number,
): Taken => {
  const module = moduleIn(path, progress, step.moduleId);
  const known = progressOf(progress, step.moduleId);
  if (isRepeat(known, step)) return { progress };
  if (progress.completedAt !== undefined)
    throw new Conflict('This path is finished: what was told before may be repeated, nothing else');
  if (known === undefined) refuseIfLocked(module, progress);
  const before = planPath(path, progress, learner);
  const difficulty = before.modules.find(({ id }) => id === step.moduleId)!.difficulty;
  const at = Math.max(now, progress.updatedAt + 1);
  const modules = { ...progress.modules, [step.moduleId]: progressed(known, step, { at, difficulty }) };
  const next: PathProgress = { ...progress, version: progress.version + 1, modules, updatedAt: at };
  const finished = isFinished(path, next) ? { ...next, completedAt: at } : next;
  return {
    progress: adapted({ path, learner, step, before }, finished),
    told: toldOf(path, finished, step),
  };
};
