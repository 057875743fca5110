import { type Kernels, OutOfKernelMemory } from './kernels.ts';
import { invertPositivePlain } from './plain/invert-positive.ts';
import { multiplySparsePlain } from './plain/multiply-sparse.ts';
import { multiplyTransposedPlain } from './plain/multiply-transposed.ts';
import { solveFactorsPlain } from './plain/solve-factors.ts';

/** The kernels in plain typed arrays on one thread, of which at most `memoryBytes` may be allocated at a time. */
export function plainKernels(memoryBytes: number): Kernels {
  let taken = 0;
  const take = (length: number): number => {
    if (taken + 4 * length > memoryBytes) throw new OutOfKernelMemory(4 * length);
    taken += 4 * length;
    return length;
  };
  return {
    name: 'plain',
    threads: 1,
    f32: (length) => new Float32Array(take(length)),
    i32: (length) => new Int32Array(take(length)),
    get bytesLeft() {
      return memoryBytes - taken;
    },
    mark: () => taken,
    release: (mark) => {
      taken = mark;
    },
    solveFactors: solveFactorsPlain,
    multiplyTransposed: multiplyTransposedPlain,
    multiplySparse: multiplySparsePlain,
    invertPositive: invertPositivePlain,
  };
}
