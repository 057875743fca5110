import type { KernelMemory } from './kernel-memory.ts';

type Numbers = Float32Array | Int32Array;

/** How arrays of the caller come to lie where kernels can read them; what is taken is the caller's to release. */
export type Reach = {
  f32(length: number): Float32Array;
  i32(length: number): Int32Array;
  /** Address of `bytes` zeroed bytes. */
  scratch(bytes: number): number;
  /** Address of an array; one outside the memory is copied in. */
  read(array: Numbers): number;
  /** An array in the memory with its rows of `width` at every `stride`; `writeBack` copies a changed copy to the original. */
  padded(array: Float32Array, width: number, stride: number): Padded;
};

export type Padded = { array: Float32Array; writeBack(): void };

/** The ways into one memory. */
export function reachInto(memory: KernelMemory): Reach {
  const f32 = (length: number): Float32Array => {
    const at = memory.take(4 * length);
    return new Float32Array(memory.memory.buffer, at, length);
  };
  const i32 = (length: number): Int32Array => {
    const at = memory.take(4 * length);
    return new Int32Array(memory.memory.buffer, at, length);
  };
  const copyIn = (array: Numbers): Numbers => {
    const copy = array instanceof Float32Array ? f32(array.length) : i32(array.length);
    copy.set(array);
    return copy;
  };
  return {
    f32,
    i32,
    scratch: (bytes) => memory.take(bytes),
    read: (array) => (memory.holds(array) ? array : copyIn(array)).byteOffset,
    padded: (array, width, stride) => {
      if (width === stride && memory.holds(array)) return { array, writeBack: () => undefined };
      const rows = array.length / width;
      const copy = f32(rows * stride);
      copyRows(array, copy, { rows, from: width, to: stride, width });
      return {
        array: copy,
        writeBack: () => copyRows(copy, array, { rows, from: stride, to: width, width }),
      };
    },
  };
}

function copyRows(
  source: Float32Array,
  target: Float32Array,
  { rows, from, to, width }: { rows: number; from: number; to: number; width: number },
): void {
  for (let row = 0; row < rows; row++) {
    target.set(source.subarray(row * from, row * from + width), row * to);
  }
}
