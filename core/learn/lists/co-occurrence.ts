import { addTo, makeSparseSums, reset, type SparseSums } from '../../numbers/sparse-sums.ts';
import { offer } from '../../numbers/top-k.ts';
import type { Dataset } from '../data/dataset.ts';
import {
  heapFor,
  makeNeighbourLists,
  type NeighbourLists,
  scaleToOne,
  TICK_EVERY,
  type Tick,
  writeList,
} from './neighbour-lists.ts';

export type PairOptions = {
  /** Neighbours kept per item. */
  keep: number;
  /** What a pair counts whose second item comes k steps after (k before) the first: index k - 1; 0 beyond the end. */
  after: Float64Array;
  before: Float64Array;
  userExponent: number;
  /** Power of the neighbour's own strength in the denominator. */
  popularityExponent: number;
  shrinkage: number;
  /** 1 where an item may be recommended; absent: all may. */
  servable?: Uint8Array;
  tick?: Tick;
};

/** Power of the source item's strength in the denominator: half of a cosine. */
const SOURCE_EXPONENT = 0.5;

/**
 * For every item i the items j that its users also chose:
 *
 *   sim(i, j) = sum over users u of both: g(steps) * sqrt(w_ui * w_uj) * n_u ** -userExponent
 *               / (s_i ** 0.5 * s_j ** popularityExponent + shrinkage),      s_i = sum of w_ui
 *
 * With equal step weights, exponents 0 and 0.5 and no shrinkage it is the cosine of square-rooted weights. A lower
 * popularity exponent lets well-known neighbours count for more, as in RP3beta (Paudel et al. 2017, ACM TiiS 7:1);
 * shrinkage against rare pairs is that of Bell and Koren (2007). Work is bounded by interactions times steps.
 */
export function coOccurrence(dataset: Dataset, weights: Float32Array, options: PairOptions): NeighbourLists {
  const items = dataset.items.length;
  const lists = makeNeighbourLists(items, options.keep);
  const heap = heapFor(lists);
  const sums = makeSparseSums(items);
  const roots = weights.map(Math.sqrt);
  const strengths = itemStrengths(dataset, weights);
  const penalties = strengths.map((strength) => strength ** options.popularityExponent);
  const perUser = userFactors(dataset, options.userExponent);
  for (let item = 0; item < items; item++) {
    if (item % TICK_EVERY === 0) options.tick?.(item, items);
    sumPairs({ dataset, roots, perUser, options, sums }, item);
    const norm = strengths[item]! ** SOURCE_EXPONENT;
    for (let at = 0; at < sums.size; at++) {
      const other = sums.keys[at]!;
      if (options.servable !== undefined && options.servable[other] === 0) continue;
      offer(heap, other, sums.sums[other]! / (norm * penalties[other]! + options.shrinkage));
    }
    writeList(lists, item, heap);
  }
  scaleToOne(lists);
  return lists;
}

type PairContext = {
  dataset: Dataset;
  roots: Float32Array;
  perUser: Float64Array;
  options: PairOptions;
  sums: SparseSums;
};

/** Adds up, for one item, the weights of its pairs over all of its users. */
function sumPairs({ dataset, roots, perUser, options, sums }: PairContext, item: number): void {
  const { after, before } = options;
  reset(sums);
  for (let at = dataset.itemStart[item]!; at < dataset.itemStart[item + 1]!; at++) {
    const user = dataset.itemUser[at]!;
    const position = dataset.itemPosition[at]!;
    const own = roots[position]! * perUser[user]!;
    const first = Math.max(dataset.userStart[user]!, position - before.length);
    const end = Math.min(dataset.userStart[user + 1]!, position + after.length + 1);
    for (let other = first; other < position; other++) {
      addTo(sums, dataset.userItem[other]!, own * roots[other]! * before[position - other - 1]!);
    }
    for (let other = position + 1; other < end; other++) {
      addTo(sums, dataset.userItem[other]!, own * roots[other]! * after[other - position - 1]!);
    }
  }
}

/** The sum of each item's interaction weights. */
export function itemStrengths(dataset: Dataset, weights: Float32Array): Float64Array {
  const strengths = new Float64Array(dataset.items.length);
  for (let at = 0; at < dataset.size; at++) strengths[dataset.userItem[at]!]! += weights[at]!;
  return strengths;
}

function userFactors(dataset: Dataset, exponent: number): Float64Array {
  return Float64Array.from(
    dataset.users,
    (_, user) => (dataset.userStart[user + 1]! - dataset.userStart[user]!) ** -exponent,
  );
}
