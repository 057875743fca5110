import type { Level } from '../../types.ts';
import { type ModuleResult, ratiosOf, scoresOf } from '../progress/results.ts';
import type { PathLearner } from './path-learner.ts';

const LEVELS: Readonly<Record<Level, number>> = {
  beginner: 0.3,
  intermediate: 0.5,
  advanced: 0.7,
  expert: 0.85,
};

/** The newest results that count. */
const NEWEST = 5;
const [LOWEST, HIGHEST] = [0.1, 1];
const GOOD_SCORE = 70;
const [PERFORMANCE_RANGE, TIME_RANGE, ENGAGEMENT_RANGE] = [0.3, 0.2, 0.1];
/** Twice as fast as expected counts this much. */
const PER_DOUBLING = 0.1;

const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
/** One result says half of what many would. */
const trust = (values: readonly number[]): number => values.length / (values.length + 1);

/** By how much the results so far move what is left; each is 0 where nothing is known. */
export type DifficultyTerms = {
  readonly performance: number;
  readonly time: number;
  readonly engagement: number;
};

/**
 * Performance: (mean score - 70) / 100 * n / (n + 1), within +-.3. Time: -.1 per doubling of the time expected (geometric mean) * n / (n + 1), within +-.2.
 * Engagement: (recent engagement - .5) / 5, within +-.1. Of the newest five results (newest first); `n` of them tell a score or a time.
 */
export const difficultyTerms = (results: readonly ModuleResult[], learner: PathLearner): DifficultyTerms => {
  if (!learner.adapts) return { performance: 0, time: 0, engagement: 0 };
  const newest = results.slice(0, NEWEST);
  const [scores, ratios] = [scoresOf(newest), ratiosOf(newest)];
  const byScore = scores.length === 0 ? 0 : ((mean(scores) - GOOD_SCORE) / 100) * trust(scores);
  const byTime = ratios.length === 0 ? 0 : -PER_DOUBLING * mean(ratios.map(Math.log2)) * trust(ratios);
  const byEngagement = learner.engagement === undefined ? 0 : (learner.engagement - 0.5) / 5;
  return {
    performance: clamp(byScore, -PERFORMANCE_RANGE, PERFORMANCE_RANGE),
    time: clamp(byTime, -TIME_RANGE, TIME_RANGE),
    engagement: clamp(byEngagement, -ENGAGEMENT_RANGE, ENGAGEMENT_RANGE),
  };
};

/** What a module's difficulty begins with. */
export type DifficultyBase = {
  readonly level: Level;
  readonly mastery: PathLearner['mastery'];
  /** Where it stands in its longest chain of prerequisites, 0 (first) to 1 (last). */
  readonly depth: number;
};

/**
 * How hard a module should be for a learner, .1-1:
 *
 *   difficulty = base * (1 + performance + time + engagement)
 *   base = level * (.75 + .5 * (.5 + confidence * (mastery - .5))) * (.9 + .2 * depth)
 *
 * level: beginner .3, intermediate .5, advanced .7, expert .85. It rises with every score, falls with the time taken.
 */
export const moduleDifficulty = (
  { level, mastery, depth }: DifficultyBase,
  { performance, time, engagement }: DifficultyTerms,
): number => {
  const known = 0.5 + mastery.confidence * (mastery.mastery - 0.5);
  const base = LEVELS[level] * (0.75 + 0.5 * known) * (0.9 + 0.2 * depth);
  return clamp(base * (1 + performance + time + engagement), LOWEST, HIGHEST);
};
