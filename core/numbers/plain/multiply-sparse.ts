import type { SparseProduct } from '../kernels.ts';

/** `Kernels.multiplySparse` in plain typed arrays. */
export function multiplySparsePlain({ sparse, dense, inner, out }: SparseProduct): void {
  const { start, ids, values } = sparse;
  for (let row = 0; row + 1 < start.length; row++) {
    const target = row * inner;
    out.fill(0, target, target + inner);
    for (let at = start[row]!; at < start[row + 1]!; at++) {
      const source = ids[at]! * inner;
      const weight = values === undefined ? 1 : values[at]!;
      for (let column = 0; column < inner; column++) {
        out[target + column]! += weight * dense[source + column]!;
      }
    }
  }
}
