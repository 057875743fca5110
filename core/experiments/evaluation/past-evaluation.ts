import type { Results } from '../results/types.ts';
import type { PastEvaluation } from './types.ts';

/** What is remembered of results for a while: verdict, users and weights, and the mean of the first metric. */
export const pastEvaluation = (
  { verdict, arms, metrics }: Pick<Results, 'verdict' | 'arms' | 'metrics'>,
  evaluatedAt: number,
): PastEvaluation => ({
  evaluatedAt,
  verdict,
  arms: arms.map(({ variant, users, weight }, at) => ({
    variant,
    users,
    weight,
    mean: metrics[0]?.arms[at]?.mean ?? null,
  })),
});
