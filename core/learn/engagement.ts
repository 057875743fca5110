import type { RankedItem } from './types.ts';

/** Observations of the prior: an item's rate moves half-way from the mean of all at this many. */
const PRIOR_OBSERVATIONS = 5;
const KEPT = 5_000;

/**
 * Mean engagement (0-1) with each item, shrunk towards the mean of all items: (sum + 5 m) / (n + 5), an empirical-Bayes
 * estimate. The items with the most observations are kept, most observed first.
 */
export const rankEngagement = (rows: Iterable<{ i: string; e: number }>): RankedItem[] => {
  const sums = new Map<string, { sum: number; count: number }>();
  let total = 0;
  let all = 0;
  for (const { i, e } of rows) {
    const entry = sums.get(i) ?? { sum: 0, count: 0 };
    entry.sum += e;
    entry.count += 1;
    sums.set(i, entry);
    total += e;
    all += 1;
  }
  const mean = all === 0 ? 0 : total / all;
  return [...sums]
    .map(([itemId, { sum, count }]) => ({
      itemId,
      score: Math.round(((sum + PRIOR_OBSERVATIONS * mean) / (count + PRIOR_OBSERVATIONS)) * 1000) / 1000,
      count,
    }))
    .sort((a, b) => b.count - a.count || a.itemId.localeCompare(b.itemId))
    .slice(0, KEPT);
};
