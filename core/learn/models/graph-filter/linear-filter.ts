import { clear, makeTopK, offer, sortBestFirst } from '../../../numbers/top-k.ts';
import type { Dataset } from '../../data/dataset.ts';
import { countPairs } from '../../lists/pair-counts.ts';
import type { History } from '../model.ts';
import { type Normalisation, powersOf } from './normalised-matrix.ts';

/** Compressed rows of an item by item matrix; `start` may pass what 32 bits hold. */
export type LinearFilter = { start: Float64Array; ids: Int32Array; values: Float32Array };

export type LinearFilterOptions = Normalisation & {
  /** The matrix is divided by this. */
  scale: number;
  /** Only the greatest entries of a row are kept, this many. */
  neighbours: number;
};

/** The rows of R~' R~ / scale; see `normalisedMatrix`. */
export function linearFilter(dataset: Dataset, options: LinearFilterOptions): LinearFilter {
  const pairs = { userExponent: 2 * options.userExponent, itemsPerUser: Number.POSITIVE_INFINITY };
  const items = dataset.items.length;
  const start = new Float64Array(items + 1);
  countPairs(dataset, pairs, (item, { size }) => {
    start[item + 1] = start[item]! + Math.min(size, options.neighbours);
  });
  const filter = { start, ids: new Int32Array(start[items]!), values: new Float32Array(start[items]!) };
  const itemScale = powersOf(dataset.itemStart, -options.itemExponent);
  const heap = makeTopK(options.neighbours);
  countPairs(dataset, pairs, (item, { keys, sums, size }) => {
    const scale = itemScale[item]! / options.scale;
    let to = start[item]!;
    if (size <= options.neighbours) {
      for (let at = 0; at < size; at++) {
        filter.ids[to] = keys[at]!;
        filter.values[to++] = sums[keys[at]!]! * itemScale[keys[at]!]! * scale;
      }
      return;
    }
    for (let at = 0; at < size; at++)
      offer(heap, keys[at]!, sums[keys[at]!]! * itemScale[keys[at]!]! * scale);
    const kept = sortBestFirst(heap);
    for (let at = 0; at < kept; at++) {
      filter.ids[to] = heap.ids[at]!;
      filter.values[to++] = heap.scores[at]!;
    }
    clear(heap);
  });
  return filter;
}

/** Adds the rows of the history's items to `row`. */
export function addLinear({ start, ids, values }: LinearFilter, { items }: History, row: Float32Array): void {
  for (let at = 0; at < items.length; at++) {
    const end = start[items[at]! + 1]!;
    for (let slot = start[items[at]!]!; slot < end; slot++) row[ids[slot]!]! += values[slot]!;
  }
}
