import type { Distributions } from './distributions.ts';
import { meanOf, type Sufficient, squaredError } from './sufficient.ts';
import type { Interval } from './wilson.ts';

/** How two arms differ, treated minus control. */
export type Difference = {
  readonly absolute: number;
  readonly interval: Interval;
  /** As a share of the control's mean; absent where that is 0 or below. */
  readonly relative?: { readonly estimate: number; readonly interval: Interval };
  /** Two-sided. */
  readonly pValue: number;
  /** Standard error of the difference. */
  readonly error: number;
};

/** Degrees of freedom of Welch's t by Satterthwaite's approximation (Welch 1947, Biometrika 34, 28-35). */
export const welchDegrees = (a: Sufficient, b: Sufficient): number => {
  const [va, vb] = [squaredError(a), squaredError(b)];
  const below = (va * va) / (a.users - 1) + (vb * vb) / (b.users - 1);
  return below === 0 ? Math.max(1, a.users + b.users - 2) : ((va + vb) * (va + vb)) / below;
};

/**
 * Relative lift and its standard error by the delta method (Deng, Knoblich & Lu 2018, "Applying the delta method in metric
 * analytics", 3.1); undefined where the control's mean is not above 0.
 */
export const relativeDifference = (
  treated: Sufficient,
  control: Sufficient,
): { readonly estimate: number; readonly error: number } | undefined => {
  const base = meanOf(control);
  if (!(base > 0)) return undefined;
  const ratio = meanOf(treated) / base;
  const variance = (squaredError(treated) + ratio * ratio * squaredError(control)) / (base * base);
  return { estimate: ratio - 1, error: Math.sqrt(variance) };
};

/**
 * Welch's t-test of two means with its interval (`confidence` 0-1) and the relative lift. Arms below two users tell nothing:
 * p = 1 and an infinite interval. Two arms without any variance differ surely or not at all.
 */
export const compareMeans = (
  treated: Sufficient,
  control: Sufficient,
  { confidence, distributions }: { confidence: number; distributions: Distributions },
): Difference => {
  const absolute = meanOf(treated) - meanOf(control);
  const everything: Interval = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (treated.users < 2 || control.users < 2)
    return { absolute, interval: everything, pValue: 1, error: Number.POSITIVE_INFINITY };
  const error = Math.sqrt(squaredError(treated) + squaredError(control));
  const degrees = welchDegrees(treated, control);
  const reach = distributions.studentQuantile(0.5 + confidence / 2, degrees);
  const relative = relativeDifference(treated, control);
  return {
    absolute,
    interval: [absolute - reach * error, absolute + reach * error],
    ...(relative && {
      relative: {
        estimate: relative.estimate,
        interval: [relative.estimate - reach * relative.error, relative.estimate + reach * relative.error],
      },
    }),
    pValue: pValueOf(absolute, error, degrees, distributions),
    error,
  };
};

const pValueOf = (
  absolute: number,
  error: number,
  degrees: number,
  { studentCdf }: Distributions,
): number => {
  if (error === 0) return absolute === 0 ? 1 : 0;
  return Math.min(1, 2 * studentCdf(-Math.abs(absolute / error), degrees));
};
