import { openKernels } from '../../adapters/kernels/kernels.ts';
import type { Kernels } from '../../core/numbers/kernels.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';

/** The kernels that one contract suite runs on; `close` ends their threads. */
export const allKernels = () => {
  const plain = openKernels({ simd: false });
  const one = openKernels({ threads: 1 });
  const two = openKernels({ threads: 2 });
  const close = (): void => {
    one.close();
    two.close();
  };
  return { plain, one, two, close };
};

/** An array of the kernels with numbers from -.5 to .5. */
export const filled = (kernels: Kernels, length: number, seed: number): Float32Array => {
  const random = seededRandom(seed);
  const array = kernels.f32(length);
  for (let at = 0; at < length; at++) array[at] = random() - 0.5;
  return array;
};
