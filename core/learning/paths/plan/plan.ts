import type { LearningPath, Module, ModuleProgress, ModuleStatus, PathProgress } from '../../types.ts';
import { ratiosOf, resultsOf } from '../progress/results.ts';
import { reviewModule } from '../progress/reviews.ts';
import { type Signals, signalsOf } from '../progress/signals.ts';
import { type DifficultyTerms, difficultyTerms, moduleDifficulty } from './difficulty.ts';
import { estimatedMinutes, paceFactor } from './estimated-time.ts';
import { moduleFit, typicalDuration } from './module-fit.ts';
import type { PathLearner } from './path-learner.ts';
import { topologicalOrder } from './topological-order.ts';

/** A module in its place. */
export type PlannedModule = Module & {
  /** From 1. */
  readonly position: number;
  readonly difficulty: number;
  readonly estimatedMinutes: number;
  readonly status: ModuleStatus | 'locked' | 'open';
  /** Prerequisites that are not done. */
  readonly missing: readonly string[];
  readonly progress?: ModuleProgress | undefined;
  readonly reviewOf?: string;
  readonly maySkip: boolean;
};

/** A path as it stands for its learner. */
export type Plan = {
  readonly modules: readonly PlannedModule[];
  readonly nextModule: string | null;
  readonly signals: Signals;
  readonly terms: DifficultyTerms;
  /** Modules as given that are completed or skipped, and all of them. */
  readonly completed: number;
  readonly total: number;
  readonly minutesLeft: number;
  readonly estimatedMinutes: number;
};

/** What is kept of a path before anything was done. */
export const noProgress = (path: LearningPath): PathProgress => ({
  version: 0,
  modules: {},
  reviews: [],
  adaptations: [],
  updatedAt: path.createdAt,
});

export const progressOf = ({ modules }: PathProgress, id: string): ModuleProgress | undefined =>
  Object.hasOwn(modules, id) ? modules[id] : undefined;

/** Completed or skipped: what comes after it is open. */
export const isDone = (progress: PathProgress, id: string): boolean => {
  const status = progressOf(progress, id)?.status;
  return status === 'completed' || status === 'skipped';
};

/** Prerequisites of a module of this path that are not done. */
export const missingFor = ({ prerequisites }: Module, progress: PathProgress): string[] =>
  prerequisites.filter((id) => !isDone(progress, id));

/** A module with what has to come before it here: reviews of what it needs, and of itself while it is to be done again. */
type Placed = { readonly id: string; readonly prerequisites: readonly string[]; readonly module: Module };

const placed = (path: LearningPath, progress: PathProgress): Placed[] => {
  const reviewsOf = (id: string) => progress.reviews.filter(({ of }) => of === id).map((review) => review.id);
  const given = path.modules.map((module) => ({
    id: module.id,
    module,
    prerequisites: [
      ...module.prerequisites,
      ...module.prerequisites.flatMap(reviewsOf),
      ...(isDone(progress, module.id) ? [] : reviewsOf(module.id)),
    ],
  }));
  const reviews = progress.reviews.map((review) => {
    const module = reviewModule(path, review);
    return { id: review.id, module, prerequisites: module.prerequisites };
  });
  return [...given, ...reviews];
};

/** What is done stands first, as it was done; then reviews, what was begun, what failed, and the rest by how well it fits. */
const priorityIn = (path: LearningPath, progress: PathProgress, learner: PathLearner) => {
  const typical = typicalDuration(path.modules);
  const reviews = new Set(progress.reviews.map(({ id }) => id));
  const [DONE, REVIEW, BEGUN, FAILED] = [10, 4, 3, 2];
  const newest = progress.updatedAt + 1;
  return ({ module }: Placed): number => {
    const known = progressOf(progress, module.id);
    if (known && isDone(progress, module.id)) return DONE + (newest - known.at);
    if (reviews.has(module.id)) return REVIEW;
    if (known?.status === 'started') return BEGUN;
    if (known?.status === 'failed') return FAILED;
    return moduleFit(module, learner, { level: path.level, typicalDuration: typical });
  };
};

/** Where each module stands in its longest chain of prerequisites, 0-1; a half where nothing depends on anything. */
const depthsOf = (modules: readonly Module[]): ReadonlyMap<string, number> => {
  const chain = new Map<string, number>();
  for (const { id, prerequisites } of topologicalOrder(modules, () => 0)) {
    chain.set(
      id,
      prerequisites.reduce((longest, before) => Math.max(longest, (chain.get(before) ?? 0) + 1), 0),
    );
  }
  const deepest = Math.max(0, ...chain.values());
  return new Map([...chain].map(([id, length]) => [id, deepest === 0 ? 0.5 : length / deepest]));
};

const statusOf = (module: Module, progress: PathProgress): PlannedModule['status'] => {
  const known = progressOf(progress, module.id)?.status;
  if (known !== undefined) return known;
  const isReview = progress.reviews.some(({ id }) => id === module.id);
  if (isReview && progress.completedAt !== undefined) return 'skipped';
  return missingFor(module, progress).length > 0 ? 'locked' : 'open';
};

/** A path as it stands: its order, how hard and how long each module is for this learner, and how they get on. Pure. */
export const planPath = (path: LearningPath, progress: PathProgress, learner: PathLearner): Plan => {
  const results = resultsOf(path, progress, learner);
  const terms = difficultyTerms(results, learner);
  const pace = learner.adapts ? paceFactor(learner, ratiosOf(results)) : 1;
  const depths = depthsOf(path.modules);
  const reviews = new Map(progress.reviews.map(({ id, of }) => [id, of]));
  const mastery = learner.mastery;
  const ordered = topologicalOrder(placed(path, progress), priorityIn(path, progress, learner));
  const modules = ordered.map(({ module }, at): PlannedModule => {
    const known = progressOf(progress, module.id);
    const reviewOf = reviews.get(module.id);
    const depth = depths.get(reviewOf ?? module.id) ?? 0.5;
    const status = statusOf(module, progress);
    return {
      ...module,
      position: at + 1,
      difficulty:
        (isDone(progress, module.id) ? known?.difficulty : undefined) ??
        moduleDifficulty({ level: path.level, mastery, depth }, terms),
      estimatedMinutes: estimatedMinutes(module.duration, pace),
      status,
      missing: status === 'locked' ? missingFor(module, progress) : [],
      ...(known && { progress: known }),
      ...(reviewOf !== undefined && { reviewOf }),
      maySkip: !isDone(progress, module.id) && (progress.maySkip ?? []).includes(module.id),
    };
  });
  const left = modules.filter(({ status }) => status !== 'completed' && status !== 'skipped');
  const minutes = (some: readonly PlannedModule[]) =>
    some.reduce((sum, one) => sum + one.estimatedMinutes, 0);
  return {
    modules,
    nextModule: left.find(({ status }) => status !== 'locked')?.id ?? null,
    signals: signalsOf(learner.adapts ? results : []),
    terms,
    completed: path.modules.filter(({ id }) => isDone(progress, id)).length,
    total: path.modules.length,
    minutesLeft: minutes(left),
    estimatedMinutes: minutes(modules),
  };
};
