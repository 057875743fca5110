import { type Belief, beliefOfDifference, PRIOR_LIFT } from '../statistics/bayesian-means.ts';
import { beliefOfProportions } from '../statistics/bayesian-proportions.ts';
import { proportionOf } from '../statistics/compare-shares.ts';
import { addSufficient, meanOf, type Sufficient, squaredError } from '../statistics/sufficient.ts';
import type { Metric } from '../types.ts';
import type { Levels } from './levels.ts';
import type { Pair } from './test-difference.ts';

/** Amounts below it are nothing: their squares are no numbers. */
const LEAST_SCALE = 1e-100;
const UNKNOWN = Number.POSITIVE_INFINITY;

/** What a lift is a share of: the mean of all users; of metrics that go both ways and come to 0, their root mean square. */
const scaleOf = ({ treated, control }: Pair): number => {
  const all = addSufficient(treated, control);
  return Math.abs(meanOf(all)) || Math.sqrt(all.sumSquares / Math.max(1, all.users));
};

const errorOf = (arms: readonly Sufficient[]): number =>
  arms.some(({ users }) => users < 2)
    ? UNKNOWN
    : Math.sqrt(arms.reduce((sum, arm) => sum + squaredError(arm), 0));

const beliefOfMeans = (pair: Pair, levels: Levels): Belief => {
  const scale = scaleOf(pair);
  if (scale < LEAST_SCALE) return { chanceToWin: 0.5, expectedLoss: 0, credible: [0, 0] };
  const { treated, control } = pair;
  return beliefOfDifference(
    { estimate: meanOf(treated) - meanOf(control), error: errorOf([treated, control]) },
    { ...levels, priorDeviation: PRIOR_LIFT * scale },
  );
};

const beliefOf = (type: Metric['type'], pair: Pair, levels: Levels): Belief =>
  type === 'binomial'
    ? beliefOfProportions(proportionOf(pair.treated), proportionOf(pair.control), levels)
    : beliefOfMeans(pair, levels);

/**
 * What is believed of an arm: Beta(1, 1) priors on shares; on differences of means a normal prior of `PRIOR_LIFT` times the mean of
 * all users. Where the goal is to decrease, winning is to be below the control; the credible interval stays that of treated minus control.
 */
export const beliefOfArm = ({ type, goal }: Metric, pair: Pair, levels: Levels): Belief => {
  if (goal === 'increase') return beliefOf(type, pair, levels);
  const { chanceToWin, expectedLoss, credible } = beliefOf(
    type,
    { treated: pair.control, control: pair.treated },
    levels,
  );
  return { chanceToWin, expectedLoss, credible: [-credible[1], -credible[0]] };
};
