import type { MatchingDefinition } from './types.ts';

/**
 * Where a product says nothing: format .30, genres .10 each and .30 at most, budget .20, timeline .15, and of the rest materials .03 and
 * involvement .02. Rates are a rough guess in dollars: budgets are compared, never charged.
 */
export const DEFAULT_MATCHING: MatchingDefinition = {
  weights: { format: 0.3, genre: 0.1, budget: 0.2, timeline: 0.15, materials: 0.03, involvement: 0.02 },
  currency: {
    base: 'USD',
    rates: { USD: 1, EUR: 1.1, GBP: 1.3, CHF: 1.15, CAD: 0.73, AUD: 0.66, JPY: 0.0067, INR: 0.012 },
  },
};
