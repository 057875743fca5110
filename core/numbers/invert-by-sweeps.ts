import { invertBlock } from './invert-block.ts';

/** The parts of an inversion that grow with the matrix. `panel` is (size x width); both matrices and panels are row-major. */
export type SweepSteps = {
  /** Columns `first .. first + width` of the symmetric matrix, of which only the lower triangle counts; zeros in their own rows. */
  gather(matrix: Float32Array, panel: Float32Array, sweep: Sweep): void;
  /** Puts a panel where `gather` takes it from, but for the columns' own rows. */
  scatter(matrix: Float32Array, panel: Float32Array, sweep: Sweep): void;
  /** out (size x width) = panel times a symmetric block (width x width). */
  multiply(panel: Float32Array, block: Float32Array, out: Float32Array, sweep: Sweep): void;
  /** Subtracts left times right transposed from the lower triangle. */
  subtract(matrix: Float32Array, left: Float32Array, right: Float32Array, sweep: Sweep): void;
  /** Turns the sign of the lower triangle and copies it to the upper one. */
  mirrorNegative(matrix: Float32Array, size: number): void;
};

export type Sweep = { size: number; first: number; width: number };

/** Columns that are swept at once. */
export const SWEEP_WIDTH = 128;

/**
 * Inverts a symmetric positive definite matrix (size x size, row-major) in place by block sweeps (Goodnight 1979; a symmetric
 * Gauss-Jordan elimination): with K the swept columns, P the inverse of block KK and C = A[., K],
 *
 *   A <- A - C P C',   A[., K] <- C P,   A[K, K] <- -P
 *
 * After all columns A is minus its inverse. Work is size^3 operations, nearly all in `subtract`; room is two panels and a block.
 * Throws where a pivot block is not positive definite: then the matrix is none either.
 */
export function invertBySweeps(
  matrix: Float32Array,
  size: number,
  { steps, f32 }: { steps: SweepSteps; f32: (length: number) => Float32Array },
): void {
  const panelLength = size * Math.min(SWEEP_WIDTH, size);
  const before = f32(panelLength);
  const after = f32(panelLength);
  const inverse = f32(SWEEP_WIDTH * SWEEP_WIDTH);
  const pivot = new Float64Array(SWEEP_WIDTH * SWEEP_WIDTH);
  for (let first = 0; first < size; first += SWEEP_WIDTH) {
    const sweep = { size, first, width: Math.min(SWEEP_WIDTH, size - first) };
    readPivot(matrix, pivot, sweep);
    invertBlock(pivot, sweep.width, first);
    inverse.set(pivot);
    steps.gather(matrix, before, sweep);
    steps.multiply(before, inverse, after, sweep);
    steps.subtract(matrix, after, before, sweep);
    steps.scatter(matrix, after, sweep);
    writePivot(matrix, pivot, sweep);
  }
  steps.mirrorNegative(matrix, size);
}

function readPivot(matrix: Float32Array, pivot: Float64Array, { size, first, width }: Sweep): void {
  for (let row = 0; row < width; row++) {
    for (let column = 0; column <= row; column++) {
      pivot[row * width + column] = matrix[(first + row) * size + first + column]!;
    }
  }
}

function writePivot(matrix: Float32Array, pivot: Float64Array, { size, first, width }: Sweep): void {
  for (let row = 0; row < width; row++) {
    for (let column = 0; column <= row; column++) {
      matrix[(first + row) * size + first + column] = -pivot[row * width + column]!;
    }
  }
}
