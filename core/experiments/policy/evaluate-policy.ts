import type { Interval } from '../statistics/wilson.ts';
import { type Diagnostics, diagnosticsOf, warningsOf } from './diagnostics.ts';
import { doublyRobust, inversePropensity, selfNormalised } from './estimators.ts';
import { type IntervalOptions, normalInterval, policyVariance, squaredErrorOf } from './intervals.ts';
import { rewardModel } from './reward-model.ts';
import type { DecisionLog, EvaluatedPolicy, PolicyEstimate } from './types.ts';

export const ESTIMATORS = ['ips', 'snips', 'dr'] as const;
export type EstimatorName = (typeof ESTIMATORS)[number];

export type Estimated = {
  readonly value: number;
  readonly standardError: number;
  readonly interval: Interval;
  /** The value less what the logging policy itself got, on the same rows. */
  readonly lift: { readonly absolute: number; readonly interval: Interval };
};

/** What a log tells about a policy; numbers are per decision, in the reward's unit. */
export type PolicyEvaluation = {
  readonly rows: number;
  readonly loggedValue: number;
  readonly estimates: Readonly<Record<EstimatorName, Estimated>>;
  readonly diagnostics: Diagnostics;
  readonly warnings: readonly string[];
};

/** The three estimators at work, for those who ask more of them than intervals. */
export const estimatesOf = (
  log: DecisionLog,
  { probabilities }: EvaluatedPolicy,
): Record<EstimatorName, PolicyEstimate> => ({
  ips: inversePropensity(log, probabilities),
  snips: selfNormalised(log, probabilities),
  dr: doublyRobust(log, probabilities, rewardModel(log)),
});

const estimated = (
  log: DecisionLog,
  policy: EvaluatedPolicy,
  estimate: PolicyEstimate,
  options: IntervalOptions & { readonly loggedValue: number },
): Estimated => {
  const { value, influence } = estimate;
  const { loggedValue } = options;
  const ofPolicy = policyVariance(policy, estimate);
  const error = Math.sqrt(squaredErrorOf(influence) + ofPolicy);
  const gained = influence.map((part, row) => part - (log.rewards[row]! - loggedValue));
  const liftError = Math.sqrt(squaredErrorOf(gained) + ofPolicy);
  return {
    value,
    standardError: error,
    interval: normalInterval(value, error, options),
    lift: {
      absolute: value - loggedValue,
      interval: normalInterval(value - loggedValue, liftError, options),
    },
  };
};

/**
 * The value of a policy from the decisions of another one, by inverse propensity scoring, self-normalised and doubly robust, each
 * with a normal interval from the rows' influence values. Rows are taken as independent. NaN where no row has any weight
 * (self-normalised), infinite errors of fewer than two rows.
 */
export const evaluatePolicy = (
  log: DecisionLog,
  policy: EvaluatedPolicy,
  options: IntervalOptions,
): PolicyEvaluation => {
  const rows = log.rewards.length;
  const loggedValue = log.rewards.reduce((sum, reward) => sum + reward, 0) / rows;
  const found = estimatesOf(log, policy);
  const told = (name: EstimatorName) => estimated(log, policy, found[name], { ...options, loggedValue });
  const diagnostics = diagnosticsOf(log, policy.probabilities);
  return {
    rows,
    loggedValue,
    estimates: { ips: told('ips'), snips: told('snips'), dr: told('dr') },
    diagnostics,
    warnings: warningsOf(diagnostics, rows),
  };
};
