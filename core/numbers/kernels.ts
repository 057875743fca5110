/**
 * The heavy arithmetic of training and of full rankings. `core/numbers/plain-kernels.ts` is the reference in typed arrays;
 * `adapters/kernels` does the same with WebAssembly SIMD on one shared memory and worker threads. Both run one contract suite.
 * Arrays that `f32` and `i32` give live where the kernels can reach them; other arrays are accepted and copied.
 * Every result is the same for any number of threads.
 */
export type Kernels = {
  readonly name: 'simd' | 'plain';
  readonly threads: number;
  /** A zeroed array, valid until `release`. Throws `OutOfKernelMemory` when there is no room for it. */
  f32(length: number): Float32Array;
  i32(length: number): Int32Array;
  /** How many bytes may still be allocated. */
  readonly bytesLeft: number;
  /** Frees everything that was allocated since `mark` was taken. */
  mark(): number;
  release(mark: number): void;

  /**
   * One half pass of implicit ALS (Rendle, Krichene, Zhang, Koren 2022: observed pairs aim at 1, all pairs at 0): for every row r,
   * warm-started from `solved`, `steps` conjugate-gradient steps on
   *   (sum over k of w_k y_k y_k' + unobservedWeight * Y'Y + lambda_r I) x_r = sum over k of w_k y_k
   */
  solveFactors(half: FactorHalf): void;

  /** out (rows x columns) = left (rows x inner) times the transpose of right (columns x inner); all row-major. */
  multiplyTransposed(product: DenseProduct): void;

  /** out (rows x inner) = sparse (rows x n) times dense (n x inner). `values` absent: all ones. */
  multiplySparse(product: SparseProduct): void;

  /** Inverts a symmetric positive definite matrix (size x size, row-major) in place; throws `NotPositiveDefinite` where it is none. */
  invertPositive(matrix: Float32Array, size: number): void;
};

/** Compressed rows: `ids[start[r] .. start[r + 1])` are the columns of row r. */
export type SparseRows = { start: Int32Array; ids: Int32Array; values?: Float32Array };

export type FactorHalf = SparseRows & {
  /** (columns x dimensions) factors that stay. */
  fixed: Float32Array;
  /** (rows x dimensions) factors that are solved, read as the starting point. */
  solved: Float32Array;
  dimensions: number;
  unobservedWeight: number;
  /** lambda_r of every row. */
  regularization: Float32Array;
  /** Conjugate-gradient steps per row. */
  steps: number;
};

export type DenseProduct = {
  left: Float32Array;
  right: Float32Array;
  out: Float32Array;
  rows: number;
  columns: number;
  inner: number;
};

export type SparseProduct = { sparse: SparseRows; dense: Float32Array; inner: number; out: Float32Array };

/** There is no room for an array of this size. */
export class OutOfKernelMemory extends Error {
  readonly bytes: number;
  constructor(bytes: number) {
    super(`${Math.ceil(bytes / 1e6)} MB more do not fit the memory of the kernels`);
    this.name = 'OutOfKernelMemory';
    this.bytes = bytes;
  }
}
