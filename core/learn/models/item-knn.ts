import { makeScoreOrder, putPair, takeBest } from '../../numbers/order-scores.ts';
import type { SparseSums } from '../../numbers/sparse-sums.ts';
import type { Dataset } from '../data/dataset.ts';
import { type Axis, coordinateSearch } from '../evaluate/search.ts';
import { makeNeighbourLists, type NeighbourLists, TICK_EVERY, type Tick } from '../lists/neighbour-lists.ts';
import { countPairs, keepPairs, type PairCounts, replayPairs } from '../lists/pair-counts.ts';
import type { Model, Scorer } from './model.ts';
import { interactionsByItem, popularityNudges } from './popular.ts';

export type ItemKnnParams = {
  neighbours: number;
  shrinkage: number;
  sourceExponent: number;
  popularityExponent: number;
  userExponent: number;
  positionDecay: number;
  itemsPerUser: number;
};

const DEFAULTS: ItemKnnParams = {
  neighbours: 200,
  shrinkage: 10,
  sourceExponent: 0.5,
  popularityExponent: 0.5,
  userExponent: 0.5,
  positionDecay: 1,
  itemsPerUser: 1000,
};

/** Sum of an item's similarities to the history's items (Sarwar et al. 2001; Deshpande, Karypis 2004). */
export const itemKnnModel: Model<ItemKnnParams> = {
  name: 'item-knn',
  description: 'similarity to the items of the history, by how many users chose both',
  parameters: {
    neighbours: { meaning: 'most similar items kept per item', least: 1, integer: true },
    shrinkage: { meaning: 'added to the denominator of a similarity: rare pairs count less', least: 0 },
    sourceExponent: {
      meaning: "power of the history item's popularity in the denominator",
      least: 0,
      most: 2,
    },
    popularityExponent: {
      meaning: "power of the other item's popularity in the denominator",
      least: 0,
      most: 2,
    },
    userExponent: { meaning: 'a user of n items counts n ** -userExponent', least: 0, most: 2 },
    positionDecay: { meaning: 'weight of a history item per item that came after it', least: 0, most: 1 },
    itemsPerUser: {
      meaning: 'latest items of a user that form pairs',
      least: 2,
      integer: true,
      chosen: false,
    },
  },
  defaults: DEFAULTS,
  train: (dataset, params, { onProgress }) =>
    scoreByLists(dataset, {
      lists: itemKnnLists(dataset, params, { tick: (done, total) => onProgress?.('item-knn', done, total) }),
      positionDecay: params.positionDecay,
    }),
  choose(train, judge, { context, fixed }) {
    const listsFor = listsForTrials(train);
    let trials = 0;
    const qualityOf = (params: ItemKnnParams): number => {
      context.onProgress?.('item-knn, trials', ++trials, Number.NaN);
      return judge(scoreByLists(train, { lists: listsFor(params), positionDecay: params.positionDecay }));
    };
    const shape = coordinateSearch({ start: DEFAULTS, axes: SHAPE_AXES, fixed, qualityOf, rounds: 2 });
    const size = coordinateSearch({ start: shape.params, axes: SIZE_AXES, fixed, qualityOf, rounds: 1 });
    return { params: size.params, tried: [...shape.tried, ...size.tried] };
  },
};

/** What makes items similar, searched with short lists. */
const SHAPE_AXES: readonly Axis<ItemKnnParams>[] = [
  { name: 'popularityExponent', values: [0.5, 0.35, 0.2, 0.65, 0.8] },
  { name: 'sourceExponent', values: [0.5, 0.3, 0.7, 1] },
  { name: 'shrinkage', values: [10, 0, 3, 30, 100, 300] },
  { name: 'userExponent', values: [0.5, 0, 1] },
  { name: 'positionDecay', values: [1, 0.995, 0.98, 0.95, 0.9, 0.8, 0.7, 0.55] },
];

/** How many of them are kept, at last, since long lists are slow. */
const SIZE_AXES: readonly Axis<ItemKnnParams>[] = [
  { name: 'neighbours', values: [200, 50, 100, 500, 1000, 4000] },
];

/** Pairs that trials may share: 240 MB. */
const MOST_KEPT_PAIRS = 3e7;

/**
 * Makes lists for trials that differ little from one another: the same lists where only the decay of positions differs, and
 * the same counts of pairs where only their normalisation does.
 */
function listsForTrials(train: Dataset): (params: ItemKnnParams) => NeighbourLists {
  let lists: { key: string; made: NeighbourLists } | undefined;
  let counts: { key: string; kept: PairCounts | undefined } | undefined;
  return (params) => {
    const key = JSON.stringify({ ...params, positionDecay: undefined });
    if (lists?.key === key) return lists.made;
    const countKey = `${params.userExponent} ${params.itemsPerUser}`;
    if (counts?.key !== countKey) counts = { key: countKey, kept: keepPairs(train, params, MOST_KEPT_PAIRS) };
    lists = { key, made: itemKnnLists(train, params, { kept: counts.kept }) };
    return lists.made;
  };
}

/**
 * The most similar items of every item, best first. With n_i users of item i and n_u items of user u:
 *
 *   sim(i, j) = sum over users u of both: n_u ** -userExponent / (n_i ** sourceExponent * n_j ** popularityExponent + shrinkage)
 *
 * Exponents of 0.5 are the cosine; 1 and less for j are random walks with a popularity penalty (RP3beta, Paudel et al. 2017).
 */
export function itemKnnLists(
  dataset: Dataset,
  params: ItemKnnParams,
  { tick, kept }: { tick?: Tick; kept?: PairCounts } = {},
): NeighbourLists {
  const items = dataset.items.length;
  const lists = makeNeighbourLists(items, Math.max(1, Math.min(params.neighbours, items - 1)));
  const order = makeScoreOrder(items);
  const counts = interactionsByItem(dataset);
  const own = Float64Array.from(counts, (count) => count ** params.sourceExponent);
  const penalty = Float64Array.from(counts, (count) => count ** params.popularityExponent);
  const select = (item: number, { sums, keys, size }: SparseSums): void => {
    if (item % TICK_EVERY === 0) tick?.(item, items);
    for (let at = 0; at < size; at++) {
      const other = keys[at]!;
      if (other !== item)
        putPair(order, other, sums[other]! / (own[item]! * penalty[other]! + params.shrinkage));
    }
    const first = item * lists.stride;
    const end = first + lists.stride;
    lists.sizes[item] = takeBest(order, lists.ids.subarray(first, end), lists.scores.subarray(first, end));
  };
  if (kept === undefined) countPairs(dataset, params, select);
  else replayPairs(kept, select);
  return lists;
}

/** Adds up the lists of the history's items, the newest counting 1 and each one before it `positionDecay` times as much. */
function scoreByLists(
  dataset: Dataset,
  { lists, positionDecay }: { lists: NeighbourLists; positionDecay: number },
): Scorer {
  const items = dataset.items.length;
  const nudges = popularityNudges(interactionsByItem(dataset));
  return {
    score(histories, out) {
      for (let row = 0; row < histories.length; row++) {
        out.set(nudges, row * items);
        addLists(
          lists,
          { items: histories[row]!.items, decay: positionDecay },
          out.subarray(row * items, (row + 1) * items),
        );
      }
    },
  };
}

function addLists(
  { stride, sizes, ids, scores }: NeighbourLists,
  { items, decay }: { items: Int32Array; decay: number },
  row: Float32Array,
): void {
  let weight = 1;
  for (let at = items.length - 1; at >= 0 && weight > 1e-4; at--) {
    const first = items[at]! * stride;
    const end = first + sizes[items[at]!]!;
    for (let slot = first; slot < end; slot++) row[ids[slot]!]! += weight * scores[slot]!;
    weight *= decay;
  }
}
