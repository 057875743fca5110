import { emptySufficient, meanOf, type Sufficient, squaredError } from '../statistics/sufficient.ts';
import { type Interval, wilsonInterval } from '../statistics/wilson.ts';
import { ESTIMATORS, type EstimatorName, estimatesOf } from './evaluate-policy.ts';
import { cellOf } from './importance-weights.ts';
import { type IntervalOptions, normalInterval, squaredErrorOf } from './intervals.ts';
import type { DecisionLog, EvaluatedPolicy, PolicyEstimate } from './types.ts';

/** The estimate from another log less the value that the policy's own log saw. */
export type Agreement = {
  readonly difference: number;
  readonly interval: Interval;
  readonly pValue: number;
  /** The interval of the difference holds 0. */
  readonly agrees: boolean;
  /** The estimate lies within the interval of the value seen. */
  readonly withinSeenInterval: boolean;
};

export type OwnLog = {
  readonly rows: number;
  readonly value: number;
  /** Wilson's where rewards are 0 and 1, else normal. */
  readonly interval: Interval;
  readonly agreement: Readonly<Record<EstimatorName, Agreement>>;
};

const seenIn = ({ rewards }: DecisionLog): Sufficient =>
  rewards.reduce<Sufficient>(
    ({ users, sum, sumSquares }, reward) => ({
      users: users + 1,
      sum: sum + reward,
      sumSquares: sumSquares + reward * reward,
    }),
    emptySufficient,
  );

const intervalOf = (own: DecisionLog, seen: Sufficient, options: IntervalOptions): Interval => {
  const binary = own.rewards.every((reward) => reward === 0 || reward === 1);
  if (!binary) return normalInterval(meanOf(seen), Math.sqrt(squaredError(seen)), options);
  const z = options.distributions.normalQuantile(0.5 + options.confidence / 2);
  return wilsonInterval({ converted: seen.sum, users: seen.users }, z);
};

/**
 * What the rows of the policy's own log add to the difference: their reward, and, where the policy was counted from them, what
 * their action adds to the estimate. Per row, with mean 0.
 */
const influenceOfOwn = (
  own: DecisionLog,
  { countedFrom, probabilities }: EvaluatedPolicy,
  { gradient }: PolicyEstimate,
  value: number,
): Float64Array => {
  const { actionCount } = own;
  const rows = own.rewards.length;
  const expected = new Float64Array(own.contextCount);
  probabilities.forEach((probability, cell) => {
    expected[Math.floor(cell / actionCount)]! += probability * gradient[cell]!;
  });
  return own.rewards.map((reward, row) => {
    const context = own.contexts[row]!;
    const share = countedFrom ? rows / countedFrom[context]! : 0;
    return share * (gradient[cellOf(own, row)]! - expected[context]!) - (reward - value);
  });
};

/**
 * Whether estimates from `log` agree with what the policy's own log `own` saw (both with the same contexts and actions): the
 * difference with its interval, which knows that the policy may have been counted from the rows of `own`.
 */
export const compareWithOwnLog = (
  { log, own, policy }: { log: DecisionLog; own: DecisionLog; policy: EvaluatedPolicy },
  options: IntervalOptions,
): OwnLog => {
  const seen = seenIn(own);
  const value = meanOf(seen);
  const interval = intervalOf(own, seen, options);
  const found = estimatesOf(log, policy);
  const agreementOf = (estimate: PolicyEstimate): Agreement => {
    const squared =
      squaredErrorOf(estimate.influence) + squaredErrorOf(influenceOfOwn(own, policy, estimate, value));
    const difference = estimate.value - value;
    const ofDifference = normalInterval(difference, Math.sqrt(squared), options);
    return {
      difference,
      interval: ofDifference,
      pValue: 2 * options.distributions.normalCdf(-Math.abs(difference) / Math.sqrt(squared)),
      agrees: ofDifference[0] <= 0 && ofDifference[1] >= 0,
      withinSeenInterval: estimate.value >= interval[0] && estimate.value <= interval[1],
    };
  };
  const rows = ESTIMATORS.map((name) => [name, agreementOf(found[name])] as const);
  return {
    rows: seen.users,
    value,
    interval,
    agreement: Object.fromEntries(rows) as Record<EstimatorName, Agreement>,
  };
};
