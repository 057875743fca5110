const TILE = 32;

/** Writes the transpose of `from` (rows x columns, row-major) into `to`. */
export function transpose(
  from: Float32Array,
  to: Float32Array,
  { rows, columns }: { rows: number; columns: number },
): void {
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(rows, top + TILE);
    for (let left = 0; left < columns; left += TILE) {
      const right = Math.min(columns, left + TILE);
      for (let column = left; column < right; column++) {
        for (let row = top; row < bottom; row++) to[column * rows + row] = from[row * columns + column]!;
      }
    }
  }
}
