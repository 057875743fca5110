import { addTo, makeSparseSums, reset } from '../../../numbers/sparse-sums.ts';
import { offer } from '../../../numbers/top-k.ts';
import { heapFor, makeNeighbourLists, type NeighbourLists, writeList } from '../../lists/neighbour-lists.ts';
import type { Sessions } from './session-index.ts';

const KEPT = 100;
/** Added to the number of times that something followed: what followed a rare item is little evidence. */
const SHRINKAGE = 2;

/**
 * What followed each item, repeats of itself included, within `orderWindow` steps:
 * score(i, j) = sum over the pairs of orderStepDecay ** (steps - 1) / (pairs of i so weighed + 2).
 */
export function followers(
  sessions: Sessions,
  items: number,
  { orderWindow, orderStepDecay }: { orderWindow: number; orderStepDecay: number },
): NeighbourLists {
  const { start, places, sessionEnd } = placesByItem(sessions, items);
  const lists = makeNeighbourLists(items, Math.max(1, Math.min(KEPT, items)));
  const heap = heapFor(lists);
  const sums = makeSparseSums(items);
  for (let item = 0; item < items; item++) {
    reset(sums);
    let pairs = SHRINKAGE;
    for (let slot = start[item]!; slot < start[item + 1]!; slot++) {
      const place = places[slot]!;
      const end = Math.min(sessionEnd[slot]!, place + orderWindow + 1);
      let weight = 1;
      for (let at = place + 1; at < end; at++) {
        addTo(sums, sessions.item[at]!, weight);
        pairs += weight;
        weight *= orderStepDecay;
      }
    }
    for (let at = 0; at < sums.size; at++) offer(heap, sums.keys[at]!, sums.sums[sums.keys[at]!]! / pairs);
    writeList(lists, item, heap);
  }
  return lists;
}

function placesByItem({ start, item }: Sessions, items: number) {
  const first = new Int32Array(items + 1);
  for (let at = 0; at < item.length; at++) first[item[at]! + 1]! += 1;
  for (let number = 0; number < items; number++) first[number + 1]! += first[number]!;
  const next = first.slice(0, items);
  const places = new Int32Array(item.length);
  const sessionEnd = new Int32Array(item.length);
  for (let session = 0; session + 1 < start.length; session++) {
    for (let at = start[session]!; at < start[session + 1]!; at++) {
      const slot = next[item[at]!]!++;
      places[slot] = at;
      sessionEnd[slot] = start[session + 1]!;
    }
  }
  return { start: first, places, sessionEnd };
}
