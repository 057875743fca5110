import { cupedAdjusted, cupedTheta, type WithCovariate } from '../statistics/cuped.ts';
import { type Sufficient, varianceOf } from '../statistics/sufficient.ts';
import type { Metric } from '../types.ts';
import type { Levels } from './levels.ts';
import type { ArmMetric } from './sufficient-counts.ts';
import { type FoundDifference, type Pair, testDifference } from './test-difference.ts';

/** A treated arm against the control in one metric, before it is known how many other comparisons there are. */
export type ComparedArm = {
  readonly variant: string;
  readonly metric: Metric;
  readonly pair: Pair;
  readonly raw: FoundDifference;
  readonly cuped?: { readonly pair: Pair; readonly found: FoundDifference };
  readonly winsorized?: FoundDifference;
};

export type ComparedMetric = {
  readonly metric: Metric;
  /** The control first. */
  readonly arms: readonly ArmMetric[];
  /** One for each arm but the control. */
  readonly compared: readonly ComparedArm[];
  readonly cuped?: { readonly theta: number; readonly varianceReduction: number };
};

type Adjustment = {
  readonly theta: number;
  readonly varianceReduction: number;
  readonly arms: readonly Sufficient[];
};

/** Sum of squares around each arm's own mean. */
const within = (arms: readonly Sufficient[]): number =>
  arms.reduce((sum, arm) => sum + varianceOf(arm) * Math.max(0, arm.users - 1), 0);

/** Arms of nobody have no covariate, and need none. */
const covariateOf = ({ raw, covariate }: ArmMetric): WithCovariate | undefined =>
  covariate ?? (raw.users === 0 ? { metric: raw, covariate: raw, products: 0 } : undefined);

/** Undefined where a covariate is absent or tells nothing. */
const adjustmentOf = (arms: readonly ArmMetric[]): Adjustment | undefined => {
  const known = arms.flatMap((arm) => covariateOf(arm) ?? []);
  if (known.length < arms.length) return undefined;
  const theta = cupedTheta(known);
  const before = within(arms.map(({ raw }) => raw));
  if (theta === 0 || before === 0) return undefined;
  const adjusted = cupedAdjusted(known);
  return { theta, varianceReduction: 1 - within(adjusted) / before, arms: adjusted };
};

/**
 * All arms of a metric against the first: as counted, with the covariate taken out where there is one, and with heavy tails cut
 * where caps are known.
 */
export const compareMetric = (metric: Metric, arms: readonly ArmMetric[], levels: Levels): ComparedMetric => {
  const [control, ...treated] = arms as [ArmMetric, ...ArmMetric[]];
  const adjustment = adjustmentOf(arms);
  const compared = treated.map((arm, k): ComparedArm => {
    const pair = { treated: arm.raw, control: control.raw };
    const adjusted = adjustment && { treated: adjustment.arms[k + 1]!, control: adjustment.arms[0]! };
    return {
      variant: arm.variant,
      metric,
      pair,
      raw: testDifference(metric.type, pair, levels),
      // Adjusted values are no counts of anything: means, whatever the metric was.
      ...(adjusted && { cuped: { pair: adjusted, found: testDifference('revenue', adjusted, levels) } }),
      ...(arm.winsorized &&
        control.winsorized && {
          winsorized: testDifference(
            metric.type,
            { treated: arm.winsorized, control: control.winsorized },
            levels,
          ),
        }),
    };
  });
  return {
    metric,
    arms,
    compared,
    ...(adjustment && {
      cuped: { theta: adjustment.theta, varianceReduction: adjustment.varianceReduction },
    }),
  };
};
