import type { Dataset } from '../data/dataset.ts';
import { interactionWeights } from '../data/interaction-weights.ts';
import type { RankedItem } from '../types.ts';
import { type ItemTotals, type PopularityOptions, rankByStrength } from './popularity.ts';

/**
 * The items with the most feedback from each segment's users; `count` is the number of users of that segment.
 * Users without a segment count for none.
 */
export function segmentFavourites(
  dataset: Dataset,
  segmentOf: (user: string) => string | undefined,
  options: PopularityOptions,
): Record<string, RankedItem[]> {
  const segments = new Map<string, ItemTotals>();
  const weights = interactionWeights(dataset, options.halfLifeDays);
  dataset.users.forEach((name, user) => {
    const segment = segmentOf(name);
    if (segment === undefined) return;
    const { strengths, users } = totalsOf(segments, segment, dataset);
    for (let at = dataset.userStart[user]!; at < dataset.userStart[user + 1]!; at++) {
      strengths[dataset.userItem[at]!]! += weights[at]!;
      users[dataset.userItem[at]!]! += 1;
    }
  });
  return Object.fromEntries(
    [...segments].map(([segment, totals]) => [segment, rankByStrength(totals, options)]),
  );
}

function totalsOf(segments: Map<string, ItemTotals>, segment: string, dataset: Dataset): ItemTotals {
  const known = segments.get(segment);
  if (known !== undefined) return known;
  const items = dataset.items.length;
  const fresh = { names: dataset.items, strengths: new Float64Array(items), users: new Int32Array(items) };
  segments.set(segment, fresh);
  return fresh;
}
