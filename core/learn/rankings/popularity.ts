import { makeTopK, offer, sortBestFirst } from '../../numbers/top-k.ts';
import type { Dataset } from '../data/dataset.ts';
import { interactionWeights } from '../data/interaction-weights.ts';
import { itemStrengths } from '../lists/co-occurrence.ts';
import { roundScore } from '../lists/neighbour-lists.ts';
import type { RankedItem } from '../types.ts';

export type PopularityOptions = { keep: number; halfLifeDays: number; servable?: Uint8Array };

/**
 * The items with the most feedback, older feedback counting half per half-life. Scores are shares of the first item's;
 * `count` is the number of users. An interaction counts the same however many times its user repeated it.
 */
export function popularity(dataset: Dataset, options: PopularityOptions): RankedItem[] {
  const strengths = itemStrengths(dataset, interactionWeights(dataset, options.halfLifeDays));
  const users = Int32Array.from(
    strengths,
    (_, item) => dataset.itemStart[item + 1]! - dataset.itemStart[item]!,
  );
  return rankByStrength({ names: dataset.items, strengths, users }, options);
}

/** Items by number: the weight of their feedback and the users who gave it. */
export type ItemTotals = { names: readonly string[]; strengths: Float64Array; users: Int32Array };

/** The strongest items, as shares of the first; items without strength are left out. */
export function rankByStrength(
  { names, strengths, users }: ItemTotals,
  { keep, servable }: PopularityOptions,
): RankedItem[] {
  const heap = makeTopK(keep);
  for (let item = 0; item < strengths.length; item++) {
    if (strengths[item]! > 0 && servable?.[item] !== 0) offer(heap, item, strengths[item]!);
  }
  const size = sortBestFirst(heap);
  return Array.from({ length: size }, (_, at) => {
    const item = heap.ids[at]!;
    return {
      itemId: names[item]!,
      score: roundScore(heap.scores[at]! / heap.scores[0]!),
      count: users[item]!,
    };
  });
}
