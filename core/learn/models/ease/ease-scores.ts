import type { Kernels } from '../../../numbers/kernels.ts';
import type { History } from '../model.ts';
import type { EaseWeights } from './ease-weights.ts';

/** How much the history item at index `at` counts. */
export type Influence = (history: History, at: number) => number;

/**
 * Writes history times weights into `out` (histories x items, row-major; `items` of the data set). Items that nobody chose get 0.
 */
export function scoreWithEase(
  ease: EaseWeights,
  histories: readonly History[],
  { kernels, influence, out }: { kernels: Kernels; influence: Influence; out: Float32Array },
): void {
  const sparse = influentialRows(ease, histories, influence);
  if (ease.size === ease.rowOf.length) {
    kernels.multiplySparse({ sparse, dense: ease.weights, inner: ease.size, out });
    return;
  }
  const mark = kernels.mark();
  const compact = kernels.f32(histories.length * ease.size);
  kernels.multiplySparse({ sparse, dense: ease.weights, inner: ease.size, out: compact });
  spread(ease, compact, { out, rows: histories.length });
  kernels.release(mark);
}

/** The histories as sparse rows over active items. */
function influentialRows(
  { rowOf }: EaseWeights,
  histories: readonly History[],
  influence: Influence,
): { start: Int32Array; ids: Int32Array; values: Float32Array } {
  const most = histories.reduce((sum, { items }) => sum + items.length, 0);
  const start = new Int32Array(histories.length + 1);
  const ids = new Int32Array(most);
  const values = new Float32Array(most);
  let size = 0;
  for (let row = 0; row < histories.length; row++) {
    const history = histories[row]!;
    for (let at = 0; at < history.items.length; at++) {
      const id = rowOf[history.items[at]!]!;
      const value = id < 0 ? 0 : influence(history, at);
      if (value === 0) continue;
      ids[size] = id;
      values[size++] = value;
    }
    start[row + 1] = size;
  }
  return { start, ids: ids.subarray(0, size), values: values.subarray(0, size) };
}

function spread(
  { size, itemOf, rowOf }: EaseWeights,
  compact: Float32Array,
  { out, rows }: { out: Float32Array; rows: number },
): void {
  const items = rowOf.length;
  out.fill(0, 0, rows * items);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < size; column++) {
      out[row * items + itemOf[column]!] = compact[row * size + column]!;
    }
  }
}
