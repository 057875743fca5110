import type { LearningPath, ModuleProgress, PathProgress } from '../../types.ts';
import { expectedSeconds } from '../plan/estimated-time.ts';
import type { PathLearner } from '../plan/path-learner.ts';
import { reviewModule } from './reviews.ts';

/** The last attempt at a module. */
export type ModuleResult = {
  readonly moduleId: string;
  /** 0-100; absent where none was told. A failure counts 50 at most, and 30 without a score; each attempt before the last takes 10 off. */
  readonly score?: number;
  /** Time taken as a share of the time expected; absent where none was told, and where it was short because it was not the first attempt. */
  readonly ratio?: number;
  readonly failed: boolean;
  readonly attempts: number;
  readonly at: number;
};

const [FAILED_AT_MOST, FAILED_WITHOUT_SCORE] = [50, 30];
const OFF_PER_ATTEMPT = 10;

const scoreOf = ({ score, attempts }: ModuleProgress, failed: boolean): number | undefined => {
  const told = failed ? Math.min(FAILED_AT_MOST, score ?? FAILED_WITHOUT_SCORE) : score;
  return told === undefined ? undefined : Math.max(0, told - OFF_PER_ATTEMPT * (attempts - 1));
};

/** Who does something again is quicker: that tells nothing. */
const ratioOf = ({ timeSpent, attempts }: ModuleProgress, expected: number): number | undefined => {
  const ratio = timeSpent / expected;
  return timeSpent > 0 && (attempts === 1 || ratio >= 1) ? ratio : undefined;
};

const resultOf = (moduleId: string, progress: ModuleProgress, expected: number): ModuleResult => {
  const failed = progress.status !== 'completed';
  const score = scoreOf(progress, failed);
  const ratio = ratioOf(progress, expected);
  return {
    moduleId,
    ...(score !== undefined && { score }),
    ...(ratio !== undefined && { ratio }),
    failed,
    attempts: progress.attempts,
    at: progress.at,
  };
};

/** The last attempt at each module that was attempted, reviews included, newest first. */
export const resultsOf = (
  path: LearningPath,
  progress: PathProgress,
  learner: PathLearner,
): ModuleResult[] => {
  const modules = [...path.modules, ...progress.reviews.map((review) => reviewModule(path, review))];
  return modules
    .flatMap(({ id, duration }) => {
      const done = Object.hasOwn(progress.modules, id) ? progress.modules[id] : undefined;
      return done !== undefined && done.attempts > 0
        ? [resultOf(id, done, expectedSeconds(duration, learner))]
        : [];
    })
    .sort((a, b) => b.at - a.at);
};

/** The ratios of those results that have one. */
export const ratiosOf = (results: readonly ModuleResult[]): number[] =>
  results.map(({ ratio }) => ratio).filter((ratio) => ratio !== undefined);

/** The scores of those results that have one. */
export const scoresOf = (results: readonly ModuleResult[]): number[] =>
  results.map(({ score }) => score).filter((score) => score !== undefined);
