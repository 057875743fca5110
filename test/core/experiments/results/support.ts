import { distributions } from '../../../../adapters/numbers/distributions.ts';
import { evaluateExperiment } from '../../../../core/experiments/results/evaluate-experiment.ts';
import { type Outcome, outcomeCounter } from '../../../../core/experiments/results/outcome-counter.ts';
import type {
  ArmCounts,
  EvaluatedBody,
  ExperimentCounts,
  MetricCounts,
  Results,
} from '../../../../core/experiments/results/types.ts';
import type { Metric } from '../../../../core/experiments/types.ts';

export const NOW = Date.parse('2026-11-20T12:00:00Z');
export const ENDED = '2026-11-20T00:00:00Z';

export const signup: Metric = { name: 'signup', type: 'binomial', goal: 'increase' };
export const revenue: Metric = { name: 'revenue', type: 'revenue', goal: 'increase' };

/** An experiment that runs: arms a (control), b, ... of equal weight unless said otherwise. */
export const bodyOf = (
  metrics: readonly Metric[],
  given: Partial<EvaluatedBody> = {},
  keys: readonly string[] = ['a', 'b'],
): EvaluatedBody => ({
  variants: keys.map((key) => ({ key, weight: 1 / keys.length })),
  metrics,
  status: 'running',
  ...given,
});

export const converted = (count: number): MetricCounts => ({ sum: count, sumSquares: count });

/** Sums of `users` values of this mean and standard deviation. */
export const spread = (users: number, mean: number, deviation: number): MetricCounts => ({
  sum: users * mean,
  sumSquares: users * mean * mean + (users - 1) * deviation * deviation,
});

export const countsOf = (
  ...arms: [users: number, metrics: Record<string, MetricCounts>][]
): ExperimentCounts => ({
  arms: arms.map(([users, metrics], at): ArmCounts => ({ variant: 'abcdef'[at]!, users, metrics })),
  multipleExposures: 0,
  caps: {},
});

export const evaluate = (body: EvaluatedBody, counts: ExperimentCounts, confidence = 0.95): Results =>
  evaluateExperiment(body, counts, { confidence, distributions, now: NOW });

export const countAll = (
  body: Pick<EvaluatedBody, 'variants' | 'metrics'>,
  outcomes: readonly Outcome[],
): ExperimentCounts => {
  const counter = outcomeCounter(body);
  for (const outcome of outcomes) counter.add(outcome);
  return counter.counts(0);
};
