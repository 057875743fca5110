/**
 * The heavy parts of a symmetric inversion by block sweeps (`core/numbers/invert-by-sweeps.ts`). Only the lower triangle of the matrix
 * (size x size, row-major) counts until `mirrorNegative`. `counter` points to a zeroed i32, the next chunk of rows.
 */
const CHUNK: i32 = 64;

/** panel (size x width) = columns first .. first + width of the matrix; the rows of those columns themselves become zero. */
export function gatherColumns(counter: usize, matrix: usize, panel: usize, size: i32, first: i32, width: i32): void {
  const end = first + width;
  for (let chunk = atomic.add<i32>(counter, CHUNK); chunk < size; chunk = atomic.add<i32>(counter, CHUNK)) {
    for (let row = chunk; row < min(size, chunk + CHUNK); row++) {
      const target = panel + ((<usize>row * width) << 2);
      if (row >= end) {
        memory.copy(target, matrix + ((<usize>row * size + first) << 2), <usize>width << 2);
      } else if (row >= first) {
        memory.fill(target, 0, <usize>width << 2);
      } else {
        for (let at = 0; at < width; at++) {
          store<f32>(target + (<usize>at << 2), load<f32>(matrix + ((<usize>(first + at) * size + row) << 2)));
        }
      }
    }
  }
}

/** Puts a panel back into the columns that `gatherColumns` took it from, but for the rows of those columns themselves. */
export function scatterColumns(counter: usize, matrix: usize, panel: usize, size: i32, first: i32, width: i32): void {
  const end = first + width;
  for (let chunk = atomic.add<i32>(counter, CHUNK); chunk < size; chunk = atomic.add<i32>(counter, CHUNK)) {
    for (let row = chunk; row < min(size, chunk + CHUNK); row++) {
      const source = panel + ((<usize>row * width) << 2);
      if (row >= end) {
        memory.copy(matrix + ((<usize>row * size + first) << 2), source, <usize>width << 2);
      } else if (row < first) {
        for (let at = 0; at < width; at++) {
          store<f32>(matrix + ((<usize>(first + at) * size + row) << 2), load<f32>(source + (<usize>at << 2)));
        }
      }
    }
  }
}

/** Turns the sign of the lower triangle and copies it to the upper one, 64 x 64 at a time. */
export function mirrorNegative(counter: usize, matrix: usize, size: i32): void {
  const rowBytes = <usize>size << 2;
  for (let top = atomic.add<i32>(counter, CHUNK); top < size; top = atomic.add<i32>(counter, CHUNK)) {
    for (let left = 0; left <= top; left += CHUNK) {
      for (let row = top; row < min(size, top + CHUNK); row++) {
        for (let column = left; column < min(row + 1, left + CHUNK); column++) {
          const at = matrix + <usize>row * rowBytes + (<usize>column << 2);
          const value = -load<f32>(at);
          store<f32>(at, value);
          store<f32>(matrix + <usize>column * rowBytes + (<usize>row << 2), value);
        }
      }
    }
  }
}
