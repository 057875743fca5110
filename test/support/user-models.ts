import type { UserModels } from '../../core/learn/users/types.ts';
import { BEHAVIOUR_FEATURES, type BehaviourFeature } from '../../core/profile/view/behaviour-vector.ts';

const byFeature = (values: Partial<Record<BehaviourFeature, number>>): number[] =>
  BEHAVIOUR_FEATURES.map((feature) => values[feature] ?? 0);

const ones = BEHAVIOUR_FEATURES.map(() => 1);
const zeros = BEHAVIOUR_FEATURES.map(() => 0);

/**
 * Small models of users, written by hand: log-odds of churn = recency - 2 (recency is log(1 + days)); the segments `lively`
 * (6 at frequency) and `quiet` (0); BG/NBD and Gamma-Gamma with the parameters of the CDNOW sample.
 */
export const handMadeModels: UserModels = {
  version: 7,
  trainedAt: 0,
  segments: {
    features: [...BEHAVIOUR_FEATURES],
    standardization: { means: zeros, scales: ones },
    centroids: [byFeature({ frequency: 6 }), zeros],
    names: ['lively', 'quiet'],
    sizes: [1, 1],
  },
  churn: {
    horizonDays: 30,
    logistic: {
      columns: BEHAVIOUR_FEATURES.map((name) => ({
        kind: 'numeric',
        name,
        unit: null,
        knots: [],
        spikes: [],
        fill: 0,
        missing: false,
      })),
      weights: byFeature({ recency: 1 }),
      means: byFeature({ recency: 1 }),
      intercept: -1,
      calibration: { slope: 1, shift: 0 },
    },
  },
  lifetime: {
    bgNbd: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
    gammaGamma: { p: 6.25, q: 3.74, v: 15.45 },
  },
};
