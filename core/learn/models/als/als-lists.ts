import type { Kernels } from '../../../numbers/kernels.ts';
import { offer } from '../../../numbers/top-k.ts';
import {
  heapFor,
  makeNeighbourLists,
  type NeighbourLists,
  scaleToOne,
  TICK_EVERY,
  type Tick,
  writeList,
} from '../../lists/neighbour-lists.ts';
import type { AlsFactors } from './factors.ts';

const ROWS_AT_ONCE = 64;

export type AlsListOptions = {
  kernels: Kernels;
  keep: number;
  /** 1 for items that may be recommended; absent: all. */
  servable?: Uint8Array;
  tick?: Tick;
};

/** The items of greatest cosine between item factors, best first, in 0-1: what serving stores of a factorisation. */
export function alsItemLists(
  factors: AlsFactors,
  { kernels, keep, servable, tick }: AlsListOptions,
): NeighbourLists {
  const { dimensions } = factors;
  const items = factors.items.length / dimensions;
  const lists = makeNeighbourLists(items, keep);
  const heap = heapFor(lists);
  const mark = kernels.mark();
  const directions = kernels.f32(items * dimensions);
  writeDirections(factors, directions);
  const scores = kernels.f32(ROWS_AT_ONCE * items);
  for (let first = 0; first < items; first += ROWS_AT_ONCE) {
    if (first % TICK_EVERY === 0) tick?.(first, items);
    const rows = Math.min(ROWS_AT_ONCE, items - first);
    kernels.multiplyTransposed({
      left: directions.subarray(first * dimensions, (first + rows) * dimensions),
      right: directions,
      out: scores.subarray(0, rows * items),
      rows,
      columns: items,
      inner: dimensions,
    });
    for (let row = 0; row < rows; row++) {
      for (let other = 0; other < items; other++) {
        const score = scores[row * items + other]!;
        if (score > 0 && other !== first + row && servable?.[other] !== 0) offer(heap, other, score);
      }
      writeList(lists, first + row, heap);
    }
  }
  kernels.release(mark);
  scaleToOne(lists);
  return lists;
}

function writeDirections({ items, dimensions }: AlsFactors, directions: Float32Array): void {
  for (let first = 0; first < items.length; first += dimensions) {
    let square = 0;
    for (let at = first; at < first + dimensions; at++) square += items[at]! ** 2;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let at = first; at < first + dimensions; at++) directions[at] = scale * items[at]!;
  }
}
