import { availableParallelism } from 'node:os';
import type { Kernels } from '../../core/numbers/kernels.ts';
import { plainKernels } from '../../core/numbers/plain-kernels.ts';
import { simdKernels } from './simd-kernels.ts';

/** A WebAssembly memory ends here. */
const MOST_BYTES = 4 * 1024 ** 3;

export type KernelOptions = {
  /** Default: one per core. */
  threads?: number;
  /** Most bytes that the kernels' arrays may take; default 4 GB, which is also the most. */
  memoryBytes?: number;
  /** False: plain typed arrays even where SIMD is there. */
  simd?: boolean;
};

/** The fastest kernels that this machine runs. `close` ends their threads, which do not keep the process alive anyway. */
export function openKernels(options: KernelOptions = {}): Kernels & { close(): void } {
  const memoryBytes = Math.min(options.memoryBytes ?? MOST_BYTES, MOST_BYTES);
  if (options.simd === false || !hasSharedSimd()) {
    return { ...plainKernels(memoryBytes), close: () => undefined };
  }
  return simdKernels({ threads: options.threads ?? availableParallelism(), memoryBytes });
}

/** A module whose one function makes a vector: valid only where SIMD is understood. */
const SIMD_PROBE = Uint8Array.of(
  ...[
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  ],
  11,
);

function hasSharedSimd(): boolean {
  return typeof SharedArrayBuffer === 'function' && WebAssembly.validate(SIMD_PROBE);
}
