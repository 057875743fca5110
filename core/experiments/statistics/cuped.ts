import { addSufficient, emptySufficient, type Sufficient } from './sufficient.ts';

/** Statistics of a metric beside a covariate from before the exposure; `products` is the sum of their products per user. */
export type WithCovariate = {
  readonly metric: Sufficient;
  readonly covariate: Sufficient;
  readonly products: number;
};

/** Sum of (metric - its mean)(covariate - its mean) over one arm: arms are centred by themselves, so that an effect is no correlation. */
const centredProduct = ({ metric, covariate, products }: WithCovariate): number =>
  metric.users === 0 ? 0 : products - (metric.sum * covariate.sum) / metric.users;

const centredSquare = ({ users, sum, sumSquares }: Sufficient): number =>
  users === 0 ? 0 : sumSquares - (sum * sum) / users;

/** The regression coefficient of metric on covariate over all arms; 0 where the covariate does not vary. */
export const cupedTheta = (arms: readonly WithCovariate[]): number => {
  const products = arms.reduce((sum, arm) => sum + centredProduct(arm), 0);
  const squares = arms.reduce((sum, { covariate }) => sum + centredSquare(covariate), 0);
  return squares > 0 ? products / squares : 0;
};

/**
 * Every arm's metric less what its covariate explains: `y - theta (x - mean x)`, the mean over all arms (Deng, Xu, Kohavi & Walker
 * 2013, WSDM, "Improving the sensitivity of online controlled experiments by utilizing pre-experiment data"). Unbiased, and of
 * less variance by the square of the correlation.
 */
export const cupedAdjusted = (arms: readonly WithCovariate[]): Sufficient[] => {
  const theta = cupedTheta(arms);
  const all = arms.reduce((sum, { covariate }) => addSufficient(sum, covariate), emptySufficient);
  const centre = all.users === 0 ? 0 : all.sum / all.users;
  return arms.map(({ metric, covariate, products }) => {
    const { users } = metric;
    const shift = theta * centre;
    return {
      users,
      sum: metric.sum - theta * covariate.sum + users * shift,
      sumSquares:
        metric.sumSquares +
        theta * theta * covariate.sumSquares -
        2 * theta * products +
        2 * shift * (metric.sum - theta * covariate.sum) +
        users * shift * shift,
    };
  });
};
