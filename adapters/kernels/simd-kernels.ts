import { invertBySweeps, SWEEP_WIDTH, type SweepSteps } from '../../core/numbers/invert-by-sweeps.ts';
import type { DenseProduct, FactorHalf, Kernels, SparseProduct } from '../../core/numbers/kernels.ts';
import { kernelMemory } from './kernel-memory.ts';
import { KERNELS_BASE64 } from './kernels.generated.ts';
import { type Pool, startPool } from './pool.ts';
import { type Reach, reachInto } from './reach.ts';

/** Blocks of rows whose Gram matrices are added up in order, whoever made them. */
const GRAM_BLOCKS = 32;
/** Bytes of packed panels per thread: `DENSE_SCRATCH` of assembly/dense.ts. */
const DENSE_SCRATCH = (128 + 256) * 256 * 4 + 128;
const LANES = 8;

/** Kernels in WebAssembly SIMD on one shared memory; `close` ends their threads. */
export function simdKernels(options: { threads: number; memoryBytes: number }): Kernels & { close(): void } {
  const module = new WebAssembly.Module(Buffer.from(KERNELS_BASE64, 'base64'));
  const memory = kernelMemory(options.memoryBytes);
  const pool = startPool(module, memory, options.threads);
  const reach = reachInto(memory);
  const scoped = (work: () => void): void => {
    const mark = memory.mark();
    try {
      work();
    } finally {
      memory.release(mark);
    }
  };
  return {
    name: 'simd',
    threads: options.threads,
    f32: reach.f32,
    i32: reach.i32,
    get bytesLeft() {
      return memory.bytesLeft;
    },
    mark: memory.mark,
    release: memory.release,
    solveFactors: (half) => scoped(() => solveFactors(pool, reach, half)),
    multiplyTransposed: (product) => scoped(() => multiplyTransposed(pool, reach, product)),
    multiplySparse: (product) => scoped(() => multiplySparse(pool, reach, product)),
    invertPositive: (matrix, size) => scoped(() => invertPositive(pool, reach, { matrix, size })),
    close: pool.close,
  };
}

function solveFactors(pool: Pool, reach: Reach, half: FactorHalf): void {
  const { start, ids, values, dimensions, unobservedWeight, steps } = half;
  // Vectors are read four numbers at a time: other dimensions are solved among zeros that stay zeros.
  const stride = Math.ceil(dimensions / LANES) * LANES;
  const fixed = reach.padded(half.fixed, dimensions, stride);
  const solved = reach.padded(half.solved, dimensions, stride);
  const gram = gramOf(pool, reach, { factors: fixed.array, stride, scale: unobservedWeight });
  pool.run(
    'solveRows',
    reach.scratch(3 * stride * 4 * pool.threads),
    reach.read(start),
    reach.read(ids),
    values === undefined ? 0 : reach.read(values),
    reach.read(fixed.array),
    reach.read(solved.array),
    reach.read(gram),
    reach.read(half.regularization),
    start.length - 1,
    stride,
    steps,
  );
  solved.writeBack();
}

function gramOf(
  pool: Pool,
  reach: Reach,
  { factors, stride, scale }: { factors: Float32Array; stride: number; scale: number },
): Float32Array {
  const size = stride * stride;
  const parts = reach.f32(GRAM_BLOCKS * size);
  const gram = reach.f32(size);
  pool.run(
    'gramBlocks',
    reach.read(factors),
    factors.length / stride,
    stride,
    GRAM_BLOCKS,
    reach.read(parts),
  );
  for (let block = 0; block < GRAM_BLOCKS; block++) {
    for (let at = 0; at < size; at++) gram[at]! += scale * parts[block * size + at]!;
  }
  return gram;
}

function multiplyTransposed(pool: Pool, reach: Reach, product: DenseProduct): void {
  const { rows, columns, inner } = product;
  const out = reach.padded(product.out, columns, columns);
  pool.run(
    'multiplyTransposedTiles',
    reach.scratch(DENSE_SCRATCH * pool.threads),
    reach.read(product.left),
    reach.read(product.right),
    reach.read(out.array),
    rows,
    columns,
    inner,
  );
  out.writeBack();
}

function multiplySparse(pool: Pool, reach: Reach, { sparse, dense, inner, out }: SparseProduct): void {
  const { start, ids, values } = sparse;
  const target = reach.padded(out, inner, inner);
  pool.run(
    'multiplySparseRows',
    reach.read(start),
    reach.read(ids),
    values === undefined ? 0 : reach.read(values),
    reach.read(dense),
    reach.read(target.array),
    start.length - 1,
    inner,
  );
  target.writeBack();
}

function invertPositive(
  pool: Pool,
  reach: Reach,
  { matrix, size }: { matrix: Float32Array; size: number },
): void {
  const inside = reach.padded(matrix, size, size);
  const scratch = reach.scratch(DENSE_SCRATCH * pool.threads);
  const at = (array: Float32Array): number => array.byteOffset;
  const steps: SweepSteps = {
    gather: (whole, panel, { first, width }) =>
      pool.run('gatherColumns', at(whole), at(panel), size, first, width),
    scatter: (whole, panel, { first, width }) =>
      pool.run('scatterColumns', at(whole), at(panel), size, first, width),
    multiply: (panel, block, out, { width }) =>
      pool.run('multiplyTransposedTiles', scratch, at(panel), at(block), at(out), size, width, width),
    subtract: (whole, left, right, { width }) =>
      pool.run('subtractLowerTiles', scratch, at(left), at(right), at(whole), size, width),
    mirrorNegative: (whole) => pool.run('mirrorNegative', at(whole), size),
  };
  invertBySweeps(inside.array, size, { steps, f32: reach.f32 });
  inside.writeBack();
}

/** Room that an inversion takes besides its matrix, in bytes. */
export function inversionRoom(size: number, threads: number): number {
  return 2 * size * SWEEP_WIDTH * 4 + SWEEP_WIDTH ** 2 * 4 + DENSE_SCRATCH * threads;
}
