import { OutOfKernelMemory } from '../../core/numbers/kernels.ts';

const PAGE = 65_536;
/** Cache lines do not straddle two arrays, and vector loads are aligned. */
const ALIGNMENT = 64;
/** A WebAssembly memory addresses 4 GB. */
const MOST_PAGES = 65_536;

/** One WebAssembly memory that all threads share, and a stack of arrays in it. */
export type KernelMemory = {
  readonly memory: WebAssembly.Memory;
  /** Address of `bytes` zeroed bytes; throws `OutOfKernelMemory`. */
  take(bytes: number): number;
  mark(): number;
  release(mark: number): void;
  readonly bytesLeft: number;
  /** Whether the array lies in this memory. */
  holds(array: { buffer: ArrayBufferLike }): boolean;
};

/** Starts with one page and grows on demand up to `limitBytes` (at most 4 GB). The first page is the pool's own. */
export function kernelMemory(limitBytes: number): KernelMemory {
  const limit = Math.max(2, Math.min(MOST_PAGES, Math.floor(limitBytes / PAGE)));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: limit, shared: true });
  const buffers = new WeakSet<ArrayBufferLike>([memory.buffer]);
  let top = PAGE;
  const take = (bytes: number): number => {
    const at = top;
    const end = at + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    if (end > limit * PAGE) throw new OutOfKernelMemory(bytes);
    const missing = Math.ceil(end / PAGE) - memory.buffer.byteLength / PAGE;
    if (missing > 0) grow(memory, missing, bytes);
    buffers.add(memory.buffer);
    top = end;
    new Uint8Array(memory.buffer, at, end - at).fill(0);
    return at;
  };
  return {
    memory,
    take,
    mark: () => top,
    release: (mark) => {
      top = mark;
    },
    get bytesLeft() {
      return limit * PAGE - top;
    },
    // A shared memory that has grown hands out a new buffer object; earlier ones remain views of the same bytes.
    holds: (array) => buffers.has(array.buffer),
  };
}

function grow(memory: WebAssembly.Memory, pages: number, bytes: number): void {
  try {
    memory.grow(pages);
  } catch {
    throw new OutOfKernelMemory(bytes);
  }
}
