import type { Distributions } from '../statistics/distributions.ts';
import type { Interval } from '../statistics/wilson.ts';
import type { EvaluatedPolicy, PolicyEstimate } from './types.ts';

/** Squared standard error of a mean from its influence values, which have mean 0 (n - 1 in the denominator). */
export const squaredErrorOf = (influence: Float64Array): number => {
  const rows = influence.length;
  if (rows < 2) return Number.POSITIVE_INFINITY;
  return influence.reduce((sum, value) => sum + value * value, 0) / (rows * (rows - 1));
};

/** Actions of one context: where they begin in tables, and how many there are. */
type Context = { readonly first: number; readonly actionCount: number };

const eachAction = ({ first, actionCount }: Context, use: (cell: number) => number): number => {
  let sum = 0;
  for (let cell = first; cell < first + actionCount; cell += 1) sum += use(cell);
  return sum;
};

/**
 * What the estimate varies by because the policy's probabilities are shares of `countedFrom` rows: the multinomial variance of the
 * gradient, context by context (delta method). 0 where they are known exactly.
 */
export const policyVariance = (
  { probabilities, countedFrom }: EvaluatedPolicy,
  { gradient }: PolicyEstimate,
): number => {
  if (!countedFrom) return 0;
  const actionCount = probabilities.length / countedFrom.length;
  return countedFrom.reduce((sum, rows, context) => {
    const actions = { first: context * actionCount, actionCount };
    const mean = eachAction(actions, (cell) => probabilities[cell]! * gradient[cell]!);
    const square = eachAction(actions, (cell) => probabilities[cell]! * gradient[cell]! ** 2);
    return rows === 0 ? sum : sum + Math.max(0, square - mean * mean) / rows;
  }, 0);
};

export type IntervalOptions = { readonly confidence: number; readonly distributions: Distributions };

/** Normal interval around an estimate. */
export const normalInterval = (
  value: number,
  error: number,
  { confidence, distributions }: IntervalOptions,
): Interval => {
  const reach = distributions.normalQuantile(0.5 + confidence / 2) * error;
  return [value - reach, value + reach];
};
