import type { WithCovariate } from '../statistics/cuped.ts';
import type { Sufficient } from '../statistics/sufficient.ts';
import type { ArmCounts, EvaluatedBody, ExperimentCounts, MetricCounts } from './types.ts';

/** One arm of one metric: its own statistics, and what else is known. */
export type ArmMetric = {
  readonly variant: string;
  readonly raw: Sufficient;
  readonly covariate?: WithCovariate;
  readonly winsorized?: Sufficient;
};

const NOTHING: MetricCounts = { sum: 0, sumSquares: 0 };

/** The counts of an arm; of nobody where it has none. */
export const armOf = ({ arms }: ExperimentCounts, variant: string): ArmCounts =>
  arms.find((arm) => arm.variant === variant) ?? { variant, users: 0, metrics: {} };

const armMetric = ({ variant, users, metrics }: ArmCounts, name: string): ArmMetric => {
  const counts = Object.hasOwn(metrics, name) ? metrics[name]! : NOTHING;
  const { sum, sumSquares, covariate, winsorized } = counts;
  const raw = { users, sum, sumSquares };
  return {
    variant,
    raw,
    ...(covariate && {
      covariate: {
        metric: raw,
        covariate: { users, sum: covariate.sum, sumSquares: covariate.sumSquares },
        products: covariate.products,
      },
    }),
    ...(winsorized && { winsorized: { users, ...winsorized } }),
  };
};

/** All arms of one metric in the order of the variants, the control first. */
export const armsOfMetric = (
  { variants }: Pick<EvaluatedBody, 'variants'>,
  counts: ExperimentCounts,
  name: string,
): ArmMetric[] => variants.map(({ key }) => armMetric(armOf(counts, key), name));
