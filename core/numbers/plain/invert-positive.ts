import { invertBySweeps, type Sweep, type SweepSteps } from '../invert-by-sweeps.ts';
import { multiplyTransposedPlain, subtractLowerPlain } from './multiply-transposed.ts';

/** `Kernels.invertPositive` in plain typed arrays. */
export function invertPositivePlain(matrix: Float32Array, size: number): void {
  invertBySweeps(matrix, size, { steps: PLAIN_STEPS, f32: (length) => new Float32Array(length) });
}

const PLAIN_STEPS: SweepSteps = {
  gather: gatherColumns,
  scatter: scatterColumns,
  multiply: (panel, block, out, { size, width }) =>
    multiplyTransposedPlain({ left: panel, right: block, out, rows: size, columns: width, inner: width }),
  subtract: (matrix, left, right, { size, width }) =>
    subtractLowerPlain(matrix, left, right, { size, inner: width }),
  mirrorNegative,
};

function gatherColumns(matrix: Float32Array, panel: Float32Array, { size, first, width }: Sweep): void {
  for (let row = 0; row < size; row++) {
    const target = row * width;
    if (row >= first + width) {
      panel.set(matrix.subarray(row * size + first, row * size + first + width), target);
    } else if (row >= first) {
      panel.fill(0, target, target + width);
    } else {
      for (let at = 0; at < width; at++) panel[target + at] = matrix[(first + at) * size + row]!;
    }
  }
}

function scatterColumns(matrix: Float32Array, panel: Float32Array, { size, first, width }: Sweep): void {
  for (let row = 0; row < size; row++) {
    const source = row * width;
    if (row >= first + width) {
      matrix.set(panel.subarray(source, source + width), row * size + first);
    } else if (row < first) {
      for (let at = 0; at < width; at++) matrix[(first + at) * size + row] = panel[source + at]!;
    }
  }
}

function mirrorNegative(matrix: Float32Array, size: number): void {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const value = -matrix[row * size + column]!;
      matrix[row * size + column] = value;
      matrix[column * size + row] = value;
    }
  }
}
