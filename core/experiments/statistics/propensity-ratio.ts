import type { Distributions } from './distributions.ts';

/** One arm: its users, and the sums of 1 / propensity and of the square over them. */
export type WeightedArm = {
  readonly users: number;
  readonly sum: number;
  readonly sumSquares: number;
  /** The share of users that is due to it now; what counts where nobody is in it. */
  readonly weight: number;
};

/**
 * Sample-ratio test where the shares of the arms changed on the way: p-value. Every arm's users, each counted
 * as 1 / (the probability of that arm at that moment), add up to all users on average (Horvitz & Thompson 1952, Journal of the American
 * Statistical Association 47, 663-685), with variance sum(1 / propensity) - n and covariance -n. Their distance from n, all arms
 * but the first, by the inverse of that matrix (Sherman & Morrison) is chi-square. Where the shares never changed this is Pearson's
 * statistic exactly.
 */
export const propensityRatioP = (arms: readonly WeightedArm[], { chiSquareTail }: Distributions): number => {
  const due = arms.filter(({ weight, users }) => weight > 0 || users > 0);
  const all = due.reduce((sum, { users }) => sum + users, 0);
  if (all === 0 || due.length < 2) return 1;
  const rows = due.slice(1).map(({ users, sum, sumSquares, weight }) => ({
    off: sum - all,
    // Mean of 1 / propensity over everybody, seen through those who are in the arm.
    inverse: users === 0 ? weight : sum / sumSquares,
  }));
  const plain = rows.reduce((sum, { off, inverse }) => sum + off * off * inverse, 0) / all;
  const along = rows.reduce((sum, { off, inverse }) => sum + off * inverse, 0);
  const left = 1 - rows.reduce((sum, { inverse }) => sum + inverse, 0);
  const statistic = left > 0 ? plain + (along * along) / (all * left) : plain;
  return chiSquareTail(statistic, rows.length);
};
