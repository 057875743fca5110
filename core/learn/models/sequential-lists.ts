import { addTo, makeSparseSums, reset, type SparseSums } from '../../numbers/sparse-sums.ts';
import { offer } from '../../numbers/top-k.ts';
import type { Dataset } from '../data/dataset.ts';
import { heapFor, makeNeighbourLists, type NeighbourLists, writeList } from '../lists/neighbour-lists.ts';
import { halvings } from './influence.ts';

export type TransitionParams = {
  /** Items kept per item. */
  neighbours: number;
  /** Pairs are formed within this many steps; the k-th step counts `stepDecay ** (k - 1)`. */
  window: number;
  stepDecay: number;
  /** What the step back counts of the step ahead. */
  reverseShare: number;
  /** Time between two items after which their pair counts half, in hours; 0: never. */
  gapHalfLifeHours: number;
  sourceExponent: number;
  popularityExponent: number;
  userExponent: number;
  shrinkage: number;
};

/**
 * What users chose after an item, best first. With n_i users of item i, n_u items of user u, and g(k) = stepDecay ** (k - 1)
 * for the step from i to j, which is k ahead (k back: times reverseShare):
 *
 *   sim(i, j) = sum over users u of both: g(k) * 0.5 ** (hours between / gapHalfLifeHours) * n_u ** -userExponent
 *               / (n_i ** sourceExponent * n_j ** popularityExponent + shrinkage)
 */
export function transitionLists(
  dataset: Dataset,
  params: TransitionParams,
  onProgress?: (done: number, total: number) => void,
): NeighbourLists {
  const items = dataset.items.length;
  const lists = makeNeighbourLists(items, Math.max(1, Math.min(params.neighbours, items - 1)));
  const heap = heapFor(lists);
  const sums = makeSparseSums(items);
  const counts = Float64Array.from(
    dataset.items,
    (_, item) => dataset.itemStart[item + 1]! - dataset.itemStart[item]!,
  );
  const own = counts.map((count) => count ** params.sourceExponent);
  const penalty = counts.map((count) => count ** params.popularityExponent);
  const steps = {
    weights: Float64Array.from({ length: params.window }, (_, step) => params.stepDecay ** step),
    users: Float64Array.from(
      dataset.users,
      (_, user) => (dataset.userStart[user + 1]! - dataset.userStart[user]!) ** -params.userExponent,
    ),
  };
  for (let item = 0; item < items; item++) {
    if (item % PROGRESS_EVERY === 0) onProgress?.(item, items);
    sumTransitions({ dataset, params, steps, sums }, item);
    for (let at = 0; at < sums.size; at++) {
      const other = sums.keys[at]!;
      offer(heap, other, sums.sums[other]! / (own[item]! * penalty[other]! + params.shrinkage));
    }
    writeList(lists, item, heap);
  }
  return lists;
}

const PROGRESS_EVERY = 1024;

type Transitions = {
  dataset: Dataset;
  params: TransitionParams;
  steps: { weights: Float64Array; users: Float64Array };
  sums: SparseSums;
};

/** Adds up, for one item, what its users chose within the window after it and before it. */
function sumTransitions({ dataset, params, steps, sums }: Transitions, item: number): void {
  const { userStart, userItem, userTime, itemStart, itemUser, itemPosition } = dataset;
  const { window, reverseShare, gapHalfLifeHours } = params;
  const { weights, users } = steps;
  reset(sums);
  for (let at = itemStart[item]!; at < itemStart[item + 1]!; at++) {
    const user = itemUser[at]!;
    const position = itemPosition[at]!;
    const end = Math.min(userStart[user + 1]!, position + window + 1);
    for (let other = position + 1; other < end; other++) {
      const weight = users[user]! * weights[other - position - 1]!;
      const gap =
        gapHalfLifeHours > 0 ? halvings(userTime[other]! - userTime[position]!, gapHalfLifeHours) : 1;
      addTo(sums, userItem[other]!, weight * gap);
    }
    if (reverseShare === 0) continue;
    for (let other = Math.max(userStart[user]!, position - window); other < position; other++) {
      const weight = reverseShare * users[user]! * weights[position - other - 1]!;
      const gap =
        gapHalfLifeHours > 0 ? halvings(userTime[position]! - userTime[other]!, gapHalfLifeHours) : 1;
      addTo(sums, userItem[other]!, weight * gap);
    }
  }
}
