import { offer } from '../../../numbers/top-k.ts';
import { heapFor, makeNeighbourLists, type NeighbourLists, writeList } from '../../lists/neighbour-lists.ts';
import type { EaseWeights } from './ease-weights.ts';

/**
 * The greatest positive weights of every item, best first: what serving adds up for the items of a history. Numbers are those of the
 * data set; only items that `servable` marks with 1 are listed, all of them without it.
 */
export function easeItemLists(
  { weights, size, itemOf, rowOf }: EaseWeights,
  keep: number,
  servable?: Uint8Array,
): NeighbourLists {
  const lists = makeNeighbourLists(rowOf.length, Math.max(1, Math.min(keep, size - 1)));
  const heap = heapFor(lists);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const weight = weights[row * size + column]!;
      if (weight > 0 && servable?.[itemOf[column]!] !== 0) offer(heap, itemOf[column]!, weight);
    }
    writeList(lists, itemOf[row]!, heap);
  }
  return lists;
}
