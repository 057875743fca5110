import { twoSidedP } from '../../numbers/normal-tail.ts';
import { type Interval, type Proportion, rateOf, wilsonInterval } from './wilson.ts';

/**
 * Interval of the difference of two independent proportions, `treated` minus `control`: the hybrid of their score
 * intervals (Newcombe 1998, Statistics in Medicine 17, 873-890, method 10). Within -1 to 1 for every count.
 */
export const differenceInterval = (treated: Proportion, control: Proportion, z: number): Interval => {
  const [p, q] = [rateOf(treated), rateOf(control)];
  const [low, high] = wilsonInterval(treated, z);
  const [controlLow, controlHigh] = wilsonInterval(control, z);
  return [p - q - Math.hypot(p - low, controlHigh - q), p - q + Math.hypot(high - p, q - controlLow)];
};

export type RelativeLift = {
  readonly estimate: number;
  /** Undefined where nobody of the treated converted: there the logarithm has no variance. */
  readonly interval: Interval | undefined;
};

/**
 * Ratio of two proportions less 1, with the interval of its logarithm (Katz, Baptista, Azen & Pike 1978, Biometrics 34,
 * 469-474). Undefined where nobody of the control converted.
 */
export const relativeLift = (
  treated: Proportion,
  control: Proportion,
  z: number,
): RelativeLift | undefined => {
  if (control.converted === 0) return undefined;
  if (treated.converted === 0) return { estimate: -1, interval: undefined };
  const ratio = rateOf(treated) / rateOf(control);
  const variance = 1 / treated.converted - 1 / treated.users + 1 / control.converted - 1 / control.users;
  // All converted in both arms: 0, which rounding may put just below.
  const reach = z * Math.sqrt(Math.max(0, variance));
  return { estimate: ratio - 1, interval: [ratio * Math.exp(-reach) - 1, ratio * Math.exp(reach) - 1] };
};

/**
 * z of the difference under the hypothesis of one common proportion (pooled; Fleiss, Statistical Methods for Rates and
 * Proportions, 2.3, without continuity correction): its square is Pearson's chi-square of the 2 x 2 table. 0 where nobody or
 * everybody converted.
 */
export const pooledZ = (treated: Proportion, control: Proportion): number => {
  const users = treated.users + control.users;
  const pooled = (treated.converted + control.converted) / users;
  const variance = pooled * (1 - pooled) * (1 / treated.users + 1 / control.users);
  return variance > 0 ? (rateOf(treated) - rateOf(control)) / Math.sqrt(variance) : 0;
};

export type Comparison = {
  /** Difference of the shares, treated minus control. */
  readonly difference: number;
  readonly interval: Interval;
  readonly relative: RelativeLift | undefined;
  /** Two-sided. */
  readonly pValue: number;
};

/** Everything that two arms tell about a difference; both must have users. */
export const compareProportions = (treated: Proportion, control: Proportion, z: number): Comparison => ({
  difference: rateOf(treated) - rateOf(control),
  interval: differenceInterval(treated, control, z),
  relative: relativeLift(treated, control, z),
  pValue: twoSidedP(pooledZ(treated, control)),
});
