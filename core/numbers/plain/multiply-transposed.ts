import type { DenseProduct } from '../kernels.ts';

/** Rows and columns of a tile of the result: both factors' rows of a tile stay in the cache. */
const TILE = 32;

/** `Kernels.multiplyTransposed` in plain typed arrays; sums are doubles. */
export function multiplyTransposedPlain({ left, right, out, rows, columns, inner }: DenseProduct): void {
  for (let row = 0; row < rows; row += TILE) {
    for (let column = 0; column < columns; column += TILE) {
      multiplyTile(
        {
          left,
          right,
          out,
          rows: Math.min(rows, row + TILE),
          columns: Math.min(columns, column + TILE),
          inner,
        },
        { row, column, stride: columns, scale: 1, keep: 0 },
      );
    }
  }
}

/** Subtracts left times right transposed (both size x inner) from the lower triangle of a matrix; tiles on its diagonal whole. */
export function subtractLowerPlain(
  matrix: Float32Array,
  left: Float32Array,
  right: Float32Array,
  { size, inner }: { size: number; inner: number },
): void {
  for (let row = 0; row < size; row += TILE) {
    const rows = Math.min(size, row + TILE);
    for (let column = 0; column < rows; column += TILE) {
      multiplyTile(
        { left, right, out: matrix, rows, columns: Math.min(size, column + TILE), inner },
        { row, column, stride: size, scale: -1, keep: 1 },
      );
    }
  }
}

/** out = keep * out + scale * sums, from `row`, `column` up to `rows`, `columns` of the product. */
type Tile = { row: number; column: number; stride: number; scale: number; keep: number };

function multiplyTile(product: DenseProduct, tile: Tile): void {
  for (let row = tile.row; row < product.rows; row += 4) {
    for (let column = tile.column; column < product.columns; column += 2) {
      if (row + 4 <= product.rows && column + 2 <= product.columns) {
        multiplyBlock(product, tile, row, column);
      } else {
        multiplyEdge(product, tile, row, column);
      }
    }
  }
}

/** 4 x 2 sums at once, held in locals. */
function multiplyBlock(
  { left, right, out, inner }: DenseProduct,
  tile: Tile,
  row: number,
  column: number,
): void {
  const { stride, scale, keep } = tile;
  let a = row * inner;
  let b = a + inner;
  let c = b + inner;
  let d = c + inner;
  let p = column * inner;
  let q = p + inner;
  const end = a + inner;
  let ap = 0;
  let aq = 0;
  let bp = 0;
  let bq = 0;
  let cp = 0;
  let cq = 0;
  let dp = 0;
  let dq = 0;
  for (; a < end; a++, b++, c++, d++, p++, q++) {
    const x = right[p]!;
    const y = right[q]!;
    ap += left[a]! * x;
    aq += left[a]! * y;
    bp += left[b]! * x;
    bq += left[b]! * y;
    cp += left[c]! * x;
    cq += left[c]! * y;
    dp += left[d]! * x;
    dq += left[d]! * y;
  }
  let at = row * stride + column;
  out[at] = (keep === 0 ? 0 : out[at]!) + scale * ap;
  out[at + 1] = (keep === 0 ? 0 : out[at + 1]!) + scale * aq;
  at += stride;
  out[at] = (keep === 0 ? 0 : out[at]!) + scale * bp;
  out[at + 1] = (keep === 0 ? 0 : out[at + 1]!) + scale * bq;
  at += stride;
  out[at] = (keep === 0 ? 0 : out[at]!) + scale * cp;
  out[at + 1] = (keep === 0 ? 0 : out[at + 1]!) + scale * cq;
  at += stride;
  out[at] = (keep === 0 ? 0 : out[at]!) + scale * dp;
  out[at + 1] = (keep === 0 ? 0 : out[at + 1]!) + scale * dq;
}

function multiplyEdge(product: DenseProduct, tile: Tile, top: number, first: number): void {
  const { left, right, out, inner } = product;
  for (let row = top; row < Math.min(top + 4, product.rows); row++) {
    for (let column = first; column < Math.min(first + 2, product.columns); column++) {
      let sum = 0;
      for (let at = 0; at < inner; at++) sum += left[row * inner + at]! * right[column * inner + at]!;
      const target = row * tile.stride + column;
      out[target] = (tile.keep === 0 ? 0 : out[target]!) + tile.scale * sum;
    }
  }
}
