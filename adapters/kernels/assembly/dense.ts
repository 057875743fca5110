/**
 * Dense products in f32x4: 4 x 8 sums live in registers while packed panels of both factors stream past (Goto, van de Geijn 2008).
 * Every tile of the result is computed by one thread in one order, so that nothing depends on the number of threads.
 */

/** Rows and columns of a tile of the result, and how much of the inner dimension is packed at a time. */
const TILE_ROWS: i32 = 128;
const TILE_COLUMNS: i32 = 256;
const TILE_INNER: i32 = 256;

/** Bytes of scratch memory per thread: both packed factors and one 4 x 8 block of sums. */
export const DENSE_SCRATCH: i32 = (TILE_ROWS + TILE_COLUMNS) * TILE_INNER * 4 + 128;

/** What happens to the sums: they replace the result, are added to it or subtracted from it. */
const REPLACE: i32 = 0;
const ADD: i32 = 1;
const SUBTRACT: i32 = 2;

/**
 * out (rows x columns) = left (rows x inner) times right (columns x inner) transposed, row-major. `counter` points to two zeroed
 * i32: the next tile and the next free slot of `scratch`, which has `DENSE_SCRATCH` bytes per thread.
 */
export function multiplyTransposedTiles(
  counter: usize,
  scratch: usize,
  left: usize,
  right: usize,
  out: usize,
  rows: i32,
  columns: i32,
  inner: i32,
): void {
  const own = scratch + <usize>atomic.add<i32>(counter + 4, 1) * <usize>DENSE_SCRATCH;
  const across = (columns + TILE_COLUMNS - 1) / TILE_COLUMNS;
  const tiles = ((rows + TILE_ROWS - 1) / TILE_ROWS) * across;
  for (let tile = atomic.add<i32>(counter, 1); tile < tiles; tile = atomic.add<i32>(counter, 1)) {
    const row = (tile / across) * TILE_ROWS;
    const column = (tile % across) * TILE_COLUMNS;
    multiplyTile(
      own,
      left + ((<usize>row * inner) << 2),
      right + ((<usize>column * inner) << 2),
      out + ((<usize>row * columns + column) << 2),
      min(TILE_ROWS, rows - row),
      min(TILE_COLUMNS, columns - column),
      inner,
      columns,
      REPLACE,
    );
  }
}

/**
 * Subtracts left (size x inner) times right transposed (size x inner) from the lower triangle of a square matrix; tiles on the
 * diagonal are updated whole. `counter` and `scratch` as above.
 */
export function subtractLowerTiles(
  counter: usize,
  scratch: usize,
  left: usize,
  right: usize,
  matrix: usize,
  size: i32,
  inner: i32,
): void {
  const own = scratch + <usize>atomic.add<i32>(counter + 4, 1) * <usize>DENSE_SCRATCH;
  const across = (size + TILE_COLUMNS - 1) / TILE_COLUMNS;
  const tiles = ((size + TILE_ROWS - 1) / TILE_ROWS) * across;
  for (let tile = atomic.add<i32>(counter, 1); tile < tiles; tile = atomic.add<i32>(counter, 1)) {
    const row = (tile / across) * TILE_ROWS;
    const column = (tile % across) * TILE_COLUMNS;
    const height = min(TILE_ROWS, size - row);
    if (column >= row + height) continue;
    multiplyTile(
      own,
      left + ((<usize>row * inner) << 2),
      right + ((<usize>column * inner) << 2),
      matrix + ((<usize>row * size + column) << 2),
      height,
      min(TILE_COLUMNS, size - column),
      inner,
      size,
      SUBTRACT,
    );
  }
}

/** One tile: packs both factors, a part of the inner dimension at a time. `stride` is the row length of `out`. */
function multiplyTile(
  scratch: usize,
  left: usize,
  right: usize,
  out: usize,
  rows: i32,
  columns: i32,
  inner: i32,
  stride: i32,
  mode: i32,
): void {
  const packedRight = scratch + <usize>(TILE_ROWS * TILE_INNER * 4);
  const block = packedRight + <usize>(TILE_COLUMNS * TILE_INNER * 4);
  for (let first = 0; first < inner; first += TILE_INNER) {
    const depth = min(TILE_INNER, inner - first);
    const offset = <usize>first << 2;
    pack(left + offset, scratch, rows, depth, inner, 4);
    pack(right + offset, packedRight, columns, depth, inner, 8);
    const step = first == 0 ? mode : mode == REPLACE ? ADD : mode;
    for (let column = 0; column < columns; column += 8) {
      const panel = packedRight + ((<usize>column * depth) << 2);
      for (let row = 0; row < rows; row += 4) {
        const target = out + ((<usize>row * stride + column) << 2);
        const other = scratch + ((<usize>row * depth) << 2);
        if (row + 4 <= rows && column + 8 <= columns) {
          multiplyBlock(other, panel, depth, target, <usize>stride << 2, step);
        } else {
          multiplyBlock(other, panel, depth, block, 32, REPLACE);
          copyBlock(block, target, min(4, rows - row), min(8, columns - column), stride, step);
        }
      }
    }
  }
}

/** Packs rows in panels of `width`: element k of all rows of a panel side by side, zeros where rows end. */
function pack(from: usize, to: usize, rows: i32, depth: i32, stride: i32, width: i32): void {
  for (let row = 0; row < rows; row += width) {
    for (let lane = 0; lane < width; lane++) {
      let target = to + ((<usize>row * depth + lane) << 2);
      if (row + lane < rows) {
        let source = from + ((<usize>(row + lane) * stride) << 2);
        for (let at = 0; at < depth; at++) {
          store<f32>(target, load<f32>(source));
          source += 4;
          target += <usize>width << 2;
        }
      } else {
        for (let at = 0; at < depth; at++) {
          store<f32>(target, 0);
          target += <usize>width << 2;
        }
      }
    }
  }
}

/** The 4 x 8 sums of two packed panels; `stride` in bytes. */
function multiplyBlock(left: usize, right: usize, depth: i32, out: usize, stride: usize, mode: i32): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let d0 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  for (let at = 0; at < depth; at++) {
    const r0 = v128.load(right);
    const r1 = v128.load(right, 16);
    let l = v128.load32_splat(left);
    a0 = f32x4.add(a0, f32x4.mul(l, r0));
    a1 = f32x4.add(a1, f32x4.mul(l, r1));
    l = v128.load32_splat(left, 4);
    b0 = f32x4.add(b0, f32x4.mul(l, r0));
    b1 = f32x4.add(b1, f32x4.mul(l, r1));
    l = v128.load32_splat(left, 8);
    c0 = f32x4.add(c0, f32x4.mul(l, r0));
    c1 = f32x4.add(c1, f32x4.mul(l, r1));
    l = v128.load32_splat(left, 12);
    d0 = f32x4.add(d0, f32x4.mul(l, r0));
    d1 = f32x4.add(d1, f32x4.mul(l, r1));
    left += 16;
    right += 32;
  }
  put(out, a0, a1, mode);
  put(out + stride, b0, b1, mode);
  put(out + 2 * stride, c0, c1, mode);
  put(out + 3 * stride, d0, d1, mode);
}

@inline
function put(out: usize, first: v128, second: v128, mode: i32): void {
  if (mode == ADD) {
    v128.store(out, f32x4.add(v128.load(out), first));
    v128.store(out, f32x4.add(v128.load(out, 16), second), 16);
  } else if (mode == SUBTRACT) {
    v128.store(out, f32x4.sub(v128.load(out), first));
    v128.store(out, f32x4.sub(v128.load(out, 16), second), 16);
  } else {
    v128.store(out, first);
    v128.store(out, second, 16);
  }
}

/** The part of a block that lies inside the result. */
function copyBlock(block: usize, out: usize, rows: i32, columns: i32, stride: i32, mode: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const sum = load<f32>(block + (<usize>(row * 8 + column) << 2));
      const target = out + ((<usize>row * stride + column) << 2);
      const before = load<f32>(target);
      store<f32>(target, mode == ADD ? before + sum : mode == SUBTRACT ? before - sum : sum);
    }
  }
}
