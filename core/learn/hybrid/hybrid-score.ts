import { addTo, reset, type SparseSums } from '../../numbers/sparse-sums.ts';
import type { Dataset } from '../data/dataset.ts';
import type { NeighbourLists } from '../lists/neighbour-lists.ts';
import type { HybridWeights, NeighbourSource } from '../types.ts';
import { HISTORY_ITEMS, historyInfluence } from './history-influence.ts';

/** Lists of all sources under the data set's numbering. */
export type SourceLists = Record<NeighbourSource, NeighbourLists>;

export type HybridContext = {
  train: Dataset;
  lists: SourceLists;
  /** `popularPrior` of every item. */
  popular: Float64Array;
  sums: SparseSums;
};

/**
 * Scores every candidate of one user into `sums`, by the formula that serving uses (core/recommend/rank/blend.ts):
 *
 *   score(j) = sum over sources s, history items k of w_s * influence_k * sim_s(k, j) / sum of influence_k
 *              + w_popular * popularPrior(j)
 */
export function scoreUser(context: HybridContext, user: number, weights: HybridWeights): void {
  const { train, sums, popular } = context;
  const newest = train.userStart[user + 1]! - 1;
  const oldest = Math.max(train.userStart[user]!, newest - HISTORY_ITEMS + 1);
  reset(sums);
  let total = 0;
  for (let at = newest; at >= oldest; at--) {
    const place = {
      position: newest - at,
      ageMs: train.userTime[newest]! - train.userTime[at]!,
      weight: train.userWeight[at]!,
    };
    const influence = historyInfluence(place, weights.positionDecay);
    total += influence;
    addNeighbours(context, train.userItem[at]!, { influence, weights });
  }
  for (let at = 0; at < sums.size; at++) {
    const item = sums.keys[at]!;
    sums.sums[item] = sums.sums[item]! / total + weights.popular * popular[item]!;
  }
}

function addNeighbours(
  { lists, sums }: HybridContext,
  item: number,
  { influence, weights }: { influence: number; weights: HybridWeights },
): void {
  addList(sums, lists.collaborative, item, influence * weights.collaborative);
  addList(sums, lists.sequential, item, influence * weights.sequential);
  addList(sums, lists.content, item, influence * weights.content);
}

function addList(sums: SparseSums, lists: NeighbourLists, item: number, factor: number): void {
  if (factor === 0) return;
  const first = item * lists.stride;
  for (let at = first; at < first + lists.sizes[item]!; at++) {
    addTo(sums, lists.ids[at]!, factor * lists.scores[at]!);
  }
}
