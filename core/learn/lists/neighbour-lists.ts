import { clear, makeTopK, sortBestFirst, type TopK } from '../../numbers/top-k.ts';
import type { RankedItem } from '../types.ts';

/** Lists of at most `stride` neighbours for items 0..n-1, best first, in two flat arrays. */
export type NeighbourLists = {
  readonly stride: number;
  readonly sizes: Int32Array;
  readonly ids: Int32Array;
  readonly scores: Float32Array;
};

/** Called now and then during long work with how much of it is done. */
export type Tick = (done: number, total: number) => void;

/** Items between two calls of a `Tick`. */
export const TICK_EVERY = 2048;

/** Empty lists for `items` items. */
export function makeNeighbourLists(items: number, stride: number): NeighbourLists {
  return {
    stride,
    sizes: new Int32Array(items),
    ids: new Int32Array(items * stride),
    scores: new Float32Array(items * stride),
  };
}

/** A heap that fits one list of these. */
export function heapFor(lists: NeighbourLists): TopK {
  return makeTopK(lists.stride);
}

/** Writes what a heap kept as the list of one item and empties the heap. */
export function writeList(lists: NeighbourLists, item: number, heap: TopK): void {
  const size = sortBestFirst(heap);
  const first = item * lists.stride;
  lists.sizes[item] = size;
  for (let at = 0; at < size; at++) {
    lists.ids[first + at] = heap.ids[at]!;
    lists.scores[first + at] = heap.scores[at]!;
  }
  clear(heap);
}

/** Divides every score by the greatest of all lists, so that scores lie in 0-1 and stay comparable between lists. */
export function scaleToOne(lists: NeighbourLists): void {
  let greatest = 0;
  for (let item = 0; item < lists.sizes.length; item++) {
    if (lists.sizes[item]! > 0) greatest = Math.max(greatest, lists.scores[item * lists.stride]!);
  }
  if (greatest === 0) return;
  for (let at = 0; at < lists.scores.length; at++) lists.scores[at]! /= greatest;
}

/** The mean of every non-empty list's best score: the unit in which sources are weighed against each other. */
export function meanBestScore(lists: NeighbourLists): number {
  let sum = 0;
  let filled = 0;
  for (let item = 0; item < lists.sizes.length; item++) {
    if (lists.sizes[item] === 0) continue;
    sum += lists.scores[item * lists.stride]!;
    filled += 1;
  }
  return filled === 0 ? 0 : sum / filled;
}

/** Lists are stored in steps of this size; what is less than half of one carries nothing. */
const STEPS = 10_000;

/** One item's list by name, in the steps that the stored form holds. */
export function listOf(lists: NeighbourLists, item: number, names: readonly string[]): RankedItem[] {
  const first = item * lists.stride;
  const list: RankedItem[] = [];
  for (let at = first; at < first + lists.sizes[item]!; at++) {
    const score = Math.round(lists.scores[at]! * STEPS) / STEPS;
    if (score > 0) list.push({ itemId: names[lists.ids[at]!]!, score });
  }
  return list;
}

/** The same lists under another numbering of items: `numbers[i]` is the new number of item i, -1 where it has none. */
export function renumber(lists: NeighbourLists, numbers: Int32Array, items: number): NeighbourLists {
  const renamed = makeNeighbourLists(items, lists.stride);
  for (let item = 0; item < numbers.length; item++) {
    const target = numbers[item]!;
    if (target < 0) continue;
    for (let at = item * lists.stride; at < item * lists.stride + lists.sizes[item]!; at++) {
      const neighbour = numbers[lists.ids[at]!]!;
      if (neighbour < 0) continue;
      const slot = target * lists.stride + renamed.sizes[target]!;
      renamed.ids[slot] = neighbour;
      renamed.scores[slot] = lists.scores[at]!;
      renamed.sizes[target]! += 1;
    }
  }
  return renamed;
}

/** Four significant digits. */
export function roundScore(score: number): number {
  return Number(score.toPrecision(4));
}
