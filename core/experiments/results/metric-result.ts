import { proportionOf } from '../statistics/compare-shares.ts';
import { meanOf, type Sufficient, squaredError, varianceOf } from '../statistics/sufficient.ts';
import { type Interval, wilsonInterval } from '../statistics/wilson.ts';
import type { MetricType } from '../types.ts';
import type { ComparedMetric } from './compare-metric.ts';
import { finiteInterval } from './finite.ts';
import type { Levels } from './levels.ts';
import type { ArmComparison, MetricResult } from './types.ts';

const meanInterval = (
  type: MetricType,
  arm: Sufficient,
  { confidence, distributions }: Levels,
): Interval | null => {
  const upTo = 0.5 + confidence / 2;
  if (type === 'binomial') return wilsonInterval(proportionOf(arm), distributions.normalQuantile(upTo));
  if (arm.users < 2) return null;
  const reach = distributions.studentQuantile(upTo, arm.users - 1) * Math.sqrt(squaredError(arm));
  return finiteInterval([meanOf(arm) - reach, meanOf(arm) + reach]);
};

/** A metric in the words of the answer. `comparisons` are those of its arms but the control's, in their order. */
export const metricResult = (
  { metric, arms, cuped }: ComparedMetric,
  { comparisons, cap }: { comparisons: readonly ArmComparison[]; cap: number | undefined },
  levels: Levels,
): MetricResult => ({
  name: metric.name,
  type: metric.type,
  goal: metric.goal,
  guardrail: metric.guardrail === true,
  ...(cuped && { cuped }),
  ...(cap !== undefined && { cap }),
  arms: arms.map(({ variant, raw }, at) => {
    const comparison = comparisons[at - 1];
    return {
      variant,
      isControl: at === 0,
      users: raw.users,
      total: raw.sum,
      mean: meanOf(raw),
      standardDeviation: Math.sqrt(varianceOf(raw)),
      interval: meanInterval(metric.type, raw, levels),
      ...(comparison && { comparison }),
    };
  }),
});
