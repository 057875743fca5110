import type { Sufficient } from '../statistics/sufficient.ts';
import type { Metric } from '../types.ts';
import { chanceOfBest } from './chance-of-best.ts';
import { posteriorsOf } from './posterior.ts';

/** Least share of the new users that every arm gets, unless the experiment says otherwise: each stays measurable. */
export const DEFAULT_FLOOR = 0.05;
/** Users that every arm has before weights move, unless the experiment says otherwise. */
export const DEFAULT_BURN_IN = 100;

/** Weights are told to the ten-thousandth: as many buckets there are, so that a weight is the probability of being drawn. */
const UNITS = 10_000;

/** The arms' weights, and what they follow from. */
export type ArmWeights = {
  /** Multiples of a ten-thousandth that add up to 1. */
  readonly weights: readonly number[];
  /** Probability of every arm that it is the best one; absent where weights are equal because nothing is known yet. */
  readonly chances?: readonly number[];
};

export type WeightOptions = Pick<Metric, 'type' | 'goal'> & {
  /** 0-1; `floor` times the number of arms is at most 1. */
  readonly floor: number;
  readonly burnIn: number;
};

/** Shares in whole units that add up to `units`, by the largest remainders; of equal ones the first arm's. */
const apportion = (shares: readonly number[], units: number): number[] => {
  const whole = shares.map((share) => Math.floor(share * units + 1e-9));
  const left = units - whole.reduce((sum, part) => sum + part, 0);
  const byRemainder = shares
    .map((share, arm) => ({ arm, rest: share * units - whole[arm]! }))
    .sort((a, b) => b.rest - a.rest || a.arm - b.arm);
  for (const { arm } of byRemainder.slice(0, left)) whole[arm]! += 1;
  return whole;
};

/**
 * Weights that give every arm `floor` and share out the rest by `chances` (which add up to 1): a mixture of the policy with an even
 * split, so that no arm's propensity is ever below `floor`. Multiples of a ten-thousandth; they add up to 1.
 */
export const withFloor = (chances: readonly number[], floor: number): number[] => {
  const arms = chances.length;
  const least = Math.min(Math.ceil(floor * UNITS - 1e-9), Math.floor(UNITS / arms));
  const free = apportion(chances, UNITS - arms * least);
  return free.map((units) => (least + units) / UNITS);
};

/** As equal as ten-thousandths can be. */
const evenWeights = (arms: number): number[] =>
  withFloor(
    Array.from({ length: arms }, () => 1 / arms),
    0,
  );

/**
 * Weights of a Thompson-sampling bandit from what the arms' users did in its metric: equal ones until every arm has `burnIn` users
 * (and where the values of all users are the same), then the probability of being best (highest mean; lowest, where the
 * goal is to decrease), with a floor per arm.
 */
export const armWeights = (
  arms: readonly Sufficient[],
  { type, goal, floor, burnIn }: WeightOptions,
): ArmWeights => {
  const burning = arms.some(({ users }) => users < burnIn);
  const posteriors = burning ? undefined : posteriorsOf(type, arms);
  if (!posteriors) return { weights: evenWeights(arms.length) };
  const chances = chanceOfBest(posteriors, { lowest: goal === 'decrease' });
  return { weights: withFloor(chances, floor), chances };
};
