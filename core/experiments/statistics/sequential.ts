import { meanOf, type Sufficient, varianceOf } from './sufficient.ts';
import type { Interval } from './wilson.ts';

/** Users at which the sequential interval is tightest relative to the fixed one. */
export const TIGHTEST_AT = 5_000;

/**
 * Tuning of Robbins' normal mixture that makes the interval tightest at `users` (Waudby-Smith, Arbour, Sinha, Kennedy &
 * Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences", arXiv 2103.06476, appendix B.2).
 */
export const mixtureTuning = (alpha: number, users: number): number => {
  const twice = -2 * Math.log(alpha);
  return Math.sqrt((twice + Math.log(twice + 1)) / users);
};

/**
 * Half the width of an asymptotic confidence sequence for a mean of `users` observations of standard deviation
 * `deviation` (the same paper, theorem 2.2): holds at all times together with probability 1 - alpha, so that
 * looking every day and stopping when it leaves 0 is no cheating.
 */
export const sequentialReach = (
  deviation: number,
  users: number,
  { alpha, tightestAt = TIGHTEST_AT }: { alpha: number; tightestAt?: number },
): number => {
  if (users === 0) return Number.POSITIVE_INFINITY;
  const squared = mixtureTuning(alpha, tightestAt) ** 2;
  const scaled = users * squared + 1;
  return (
    deviation * Math.sqrt(((2 * scaled) / (users * users * squared)) * Math.log(Math.sqrt(scaled) / alpha))
  );
};

/**
 * Always-valid interval of the difference of two means, treated minus control: the difference is taken as the mean of
 * `n = users of both` observations whose variance is that of the inverse-propensity-weighted outcomes,
 * `n * (var_treated / users_treated + var_control / users_control)`.
 */
export const sequentialInterval = (
  treated: Sufficient,
  control: Sufficient,
  options: { alpha: number; tightestAt?: number },
): Interval => {
  if (treated.users < 2 || control.users < 2) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const users = treated.users + control.users;
  const squared = varianceOf(treated) / treated.users + varianceOf(control) / control.users;
  const difference = meanOf(treated) - meanOf(control);
  const reach = sequentialReach(Math.sqrt(users * squared), users, options);
  return [difference - reach, difference + reach];
};
