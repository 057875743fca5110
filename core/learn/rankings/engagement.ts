import type { RankedItem } from '../types.ts';

/** Observations of the prior: an item's rate moves half-way from the mean of all at this many. */
const PRIOR_OBSERVATIONS = 5;
const KEPT = 5_000;

/** Sums of engagement (0-1) by item, filled row by row. */
export type EngagementTally = {
  add(itemId: string, engagement: number): void;
  /**
   * Mean engagement with each item, shrunk towards the mean of all: (sum + 5 m) / (n + 5), an empirical-Bayes
   * estimate. The items with the most observations are kept, most observed first.
   */
  ranked(): RankedItem[];
};

export const engagementTally = (): EngagementTally => {
  const sums = new Map<string, { sum: number; count: number }>();
  let total = 0;
  let observations = 0;
  return {
    add: (itemId, engagement) => {
      const entry = sums.get(itemId) ?? { sum: 0, count: 0 };
      entry.sum += engagement;
      entry.count += 1;
      sums.set(itemId, entry);
      total += engagement;
      observations += 1;
    },
    ranked: () => {
      const prior = PRIOR_OBSERVATIONS * (observations === 0 ? 0 : total / observations);
      return [...sums]
        .map(([itemId, { sum, count }]) => ({
          itemId,
          score: Math.round(((sum + prior) / (count + PRIOR_OBSERVATIONS)) * 1000) / 1000,
          count,
        }))
        .sort((a, b) => b.count - a.count || a.itemId.localeCompare(b.itemId))
        .slice(0, KEPT);
    },
  };
};
