import type { Model } from '../model.ts';

export type AlsParams = {
  dimensions: number;
  iterations: number;
  regularization: number;
  unobservedWeight: number;
};

/** Near the published optima for film ratings (Rendle et al. 2022, NCF's protocol). */
export const ALS_DEFAULTS: AlsParams = {
  dimensions: 64,
  iterations: 16,
  regularization: 0.005,
  unobservedWeight: 0.1,
};

export const ALS_PARAMETERS: Model<AlsParams>['parameters'] = {
  dimensions: { meaning: 'numbers per user and item', least: 1, most: 1024, integer: true },
  iterations: { meaning: 'passes over items and users', least: 1, most: 1000, integer: true },
  regularization: {
    meaning: 'a row of n observations among N is regularised by this * (n + unobservedWeight * N)',
    least: 0,
  },
  unobservedWeight: { meaning: 'weight of every pair, observed (in addition to 1) or not', least: 0 },
};
