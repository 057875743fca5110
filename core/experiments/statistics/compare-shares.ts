import { compareMeans, type Difference } from './compare-means.ts';
import type { Distributions } from './distributions.ts';
import { type Sufficient, squaredError } from './sufficient.ts';
import { compareProportions } from './two-proportions.ts';
import type { Interval, Proportion } from './wilson.ts';

const EVERYTHING: Interval = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/** Of a metric whose values are 0 and 1: the sum is how many did it. */
export const proportionOf = ({ users, sum }: Sufficient): Proportion => ({ users, converted: sum });

/**
 * Two-proportion z-test of a binomial metric (every user 0 or 1), treated against control: pooled z, Newcombe's interval of the
 * difference, Katz's of the relative lift (sources in `two-proportions.ts`). `confidence` is 0-1. With nobody in an arm as `compareMeans`.
 */
export const compareShares = (
  treated: Sufficient,
  control: Sufficient,
  options: { confidence: number; distributions: Distributions },
): Difference => {
  if (treated.users === 0 || control.users === 0) return compareMeans(treated, control, options);
  const z = options.distributions.normalQuantile(0.5 + options.confidence / 2);
  const shares = [proportionOf(treated), proportionOf(control)] as const;
  const { difference, interval, relative, pValue } = compareProportions(...shares, z);
  return {
    absolute: difference,
    interval,
    ...(relative && {
      relative: { estimate: relative.estimate, interval: relative.interval ?? EVERYTHING },
    }),
    pValue,
    error: Math.sqrt(squaredError(treated) + squaredError(control)),
  };
};
