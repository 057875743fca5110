import { rounded } from '../../profile/view/curves.ts';
import type { LearningPath, PathProgress } from '../types.ts';
import { moduleReason } from './plan/module-reasons.ts';
import type { PathLearner } from './plan/path-learner.ts';
import type { Plan, PlannedModule } from './plan/plan.ts';
import type { NextPath } from './plan/predict-next-path.ts';

/** A path, what was done of it, for whom, and what follows from these. */
export type ShownPath = {
  readonly path: LearningPath;
  readonly progress: PathProgress;
  readonly learner: PathLearner;
  readonly plan: Plan;
  readonly nextPath?: NextPath | undefined;
};

const iso = (ms: number): string => new Date(ms).toISOString();

const moduleAnswer = (module: PlannedModule, { path, learner, plan }: ShownPath) => {
  const { id, title, type, duration, prerequisites, position, status, progress, reviewOf } = module;
  return {
    id,
    title,
    type,
    duration,
    prerequisites: [...prerequisites],
    position,
    difficulty: rounded(module.difficulty, 3),
    estimatedMinutes: module.estimatedMinutes,
    status,
    ...(progress?.score !== undefined && { score: progress.score }),
    ...(progress !== undefined && progress.timeSpent > 0 && { timeSpent: progress.timeSpent }),
    ...(reviewOf !== undefined && { reviewOf }),
    ...(module.maySkip && { maySkip: true }),
    reason: moduleReason(module, path, { learner, terms: plan.terms }),
  };
};

/** A path in the words of the contract, without its provenance. `pathId` is the whole one. */
export const pathAnswer = (shown: ShownPath, pathId: string) => {
  const { path, progress, learner, plan, nextPath } = shown;
  const { userId, title, topic, level, estimatedDuration } = path;
  const { completed, total, minutesLeft } = plan;
  const { mastery, confidence, results } = learner.mastery;
  return {
    pathId,
    userId,
    title,
    topic,
    level,
    modules: plan.modules.map((module) => moduleAnswer(module, shown)),
    status: progress.completedAt === undefined ? ('active' as const) : ('completed' as const),
    progress: { completed, total, percent: rounded((100 * completed) / total, 1), minutesLeft },
    nextModule: plan.nextModule,
    ...(estimatedDuration !== undefined && { estimatedDuration }),
    estimatedMinutes: plan.estimatedMinutes,
    signals: { ...plan.signals },
    mastery: { topic, mastery: rounded(mastery, 3), confidence: rounded(confidence, 3), results },
    adaptations: progress.adaptations.map(({ at, ...adaptation }) => ({ at: iso(at), ...adaptation })),
    ...(nextPath && { nextPath }),
    version: progress.version,
    createdAt: iso(path.createdAt),
    updatedAt: iso(progress.updatedAt),
  };
};
