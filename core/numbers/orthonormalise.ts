import type { Kernels } from './kernels.ts';
import { transpose } from './transpose.ts';

/** A column whose part outside the span of those before it is less than this share of its square is dropped. */
const DEPENDENT = 1e-6;

/**
 * Makes the columns of `tall` (rows x width, row-major) orthonormal in place by Cholesky QR: tall' tall = L L', tall <- tall inverse(L)'.
 * Columns that depend on earlier ones become zero. `room` is as large as `tall` and is overwritten.
 */
export function orthonormalise(
  tall: Float32Array,
  { rows, width, room, kernels }: { rows: number; width: number; room: Float32Array; kernels: Kernels },
): void {
  const gram = gramOf(tall, { rows, width, room, kernels });
  const mark = kernels.mark();
  const inverse = kernels.f32(width * width);
  inverse.set(inverseFactor(gram, width));
  kernels.multiplyTransposed({ left: tall, right: inverse, out: room, rows, columns: width, inner: width });
  kernels.release(mark);
  tall.set(room.subarray(0, rows * width));
}

/** tall' tall (width x width); `room` is overwritten. */
export function gramOf(
  tall: Float32Array,
  { rows, width, room, kernels }: { rows: number; width: number; room: Float32Array; kernels: Kernels },
): Float64Array {
  const mark = kernels.mark();
  const out = kernels.f32(width * width);
  transpose(tall, room, { rows, columns: width });
  kernels.multiplyTransposed({ left: room, right: room, out, rows: width, columns: width, inner: rows });
  const gram = Float64Array.from(out);
  kernels.release(mark);
  return gram;
}

/** The inverse of the Cholesky factor L of a positive semi-definite matrix, with zero rows for dependent columns. */
function inverseFactor(gram: Float64Array, width: number): Float64Array {
  const factor = new Float64Array(width * width);
  const inverse = new Float64Array(width * width);
  for (let row = 0; row < width; row++) {
    const first = row * width;
    for (let column = 0; column < row; column++) {
      let sum = gram[first + column]!;
      for (let k = 0; k < column; k++) sum -= factor[first + k]! * factor[column * width + k]!;
      const pivot = factor[column * width + column]!;
      factor[first + column] = pivot > 0 ? sum / pivot : 0;
    }
    let rest = gram[first + row]!;
    for (let k = 0; k < row; k++) rest -= factor[first + k]! ** 2;
    if (!(rest > DEPENDENT * gram[first + row]!)) continue;
    factor[first + row] = Math.sqrt(rest);
    invertRow(factor, inverse, { row, width });
  }
  return inverse;
}

function invertRow(
  factor: Float64Array,
  inverse: Float64Array,
  { row, width }: { row: number; width: number },
): void {
  const first = row * width;
  const scale = 1 / factor[first + row]!;
  for (let k = 0; k < row; k++) {
    const weight = factor[first + k]! * scale;
    for (let column = 0; column <= k; column++) {
      inverse[first + column]! -= weight * inverse[k * width + column]!;
    }
  }
  inverse[first + row] = scale;
}
