import { compareMeans, type Difference } from '../statistics/compare-means.ts';
import { compareShares } from '../statistics/compare-shares.ts';
import { sequentialInterval } from '../statistics/sequential.ts';
import { sequentialPValue } from '../statistics/sequential-p-value.ts';
import type { Sufficient } from '../statistics/sufficient.ts';
import type { MetricType } from '../types.ts';
import { finite, finiteInterval } from './finite.ts';
import { alphaOf, type Levels } from './levels.ts';
import type { Lift, Sequential } from './types.ts';

/** Treated and control, in this order everywhere. */
export type Pair = { readonly treated: Sufficient; readonly control: Sufficient };

/** A test before it is known how many others there are. */
export type FoundDifference = {
  readonly lift: Lift;
  readonly pValue: number;
  readonly sequential: Sequential;
};

/** Two-proportion z of a binomial metric, else Welch's t. */
const differenceOf = (type: MetricType, { treated, control }: Pair, levels: Levels): Difference =>
  (type === 'binomial' ? compareShares : compareMeans)(treated, control, levels);

const liftOf = ({ absolute, interval, relative }: Difference): Lift => ({
  absolute,
  interval: finiteInterval(interval),
  relative: finite(relative?.estimate),
  relativeInterval: finiteInterval(relative?.interval),
});

const sequentialOf = ({ treated, control }: Pair, levels: Levels): Sequential => {
  const alpha = alphaOf(levels);
  const interval = sequentialInterval(treated, control, { alpha });
  return {
    interval: finiteInterval(interval),
    pValue: sequentialPValue(treated, control, { alpha }),
    significant: interval[0] > 0 || interval[1] < 0,
  };
};

/** One difference by the fixed horizon and always-valid. */
export const testDifference = (type: MetricType, pair: Pair, levels: Levels): FoundDifference => {
  const difference = differenceOf(type, pair, levels);
  return { lift: liftOf(difference), pValue: difference.pValue, sequential: sequentialOf(pair, levels) };
};
