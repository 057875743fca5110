/** A matrix that should be symmetric positive definite is not; `row` is where that shows. */
export class NotPositiveDefinite extends Error {
  readonly row: number;
  constructor(row: number) {
    super(`The matrix is not positive definite (row ${row})`);
    this.name = 'NotPositiveDefinite';
    this.row = row;
  }
}

/**
 * Inverts a small symmetric positive definite matrix (width x width, row-major) in place in doubles: Cholesky L L', inverse of L,
 * then inverse(L)' inverse(L). Reads the lower triangle, writes both. `firstRow` is added to the row that an error names.
 */
export function invertBlock(matrix: Float64Array, width: number, firstRow = 0): void {
  factorise(matrix, width, firstRow);
  invertLower(matrix, width);
  multiplyByOwnTranspose(matrix, width);
}

function factorise(matrix: Float64Array, width: number, firstRow: number): void {
  for (let row = 0; row < width; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * width + column]!;
      for (let k = 0; k < column; k++) sum -= matrix[row * width + k]! * matrix[column * width + k]!;
      if (column < row) matrix[row * width + column] = sum / matrix[column * width + column]!;
      else if (sum > 0 && sum < Number.POSITIVE_INFINITY) matrix[row * width + row] = Math.sqrt(sum);
      else throw new NotPositiveDefinite(firstRow + row);
    }
  }
}

/** Row by row: row r of the inverse needs the rows above it inverted, and row r of L itself. */
function invertLower(matrix: Float64Array, width: number): void {
  const own = new Float64Array(width);
  for (let row = 0; row < width; row++) {
    const first = row * width;
    for (let k = 0; k < row; k++) own[k] = matrix[first + k]!;
    const scale = 1 / matrix[first + row]!;
    matrix.fill(0, first, first + row);
    for (let k = 0; k < row; k++) {
      const factor = -own[k]! * scale;
      for (let column = 0; column <= k; column++) {
        matrix[first + column]! += factor * matrix[k * width + column]!;
      }
    }
    matrix[first + row] = scale;
  }
}

/** matrix = M' M for lower triangular M, both triangles written. Row r of the result needs rows r and below of M only. */
function multiplyByOwnTranspose(matrix: Float64Array, width: number): void {
  const sums = new Float64Array(width);
  for (let row = 0; row < width; row++) {
    sums.fill(0, 0, row + 1);
    for (let k = row; k < width; k++) {
      const factor = matrix[k * width + row]!;
      for (let column = 0; column <= row; column++) sums[column]! += factor * matrix[k * width + column]!;
    }
    for (let column = 0; column <= row; column++) matrix[row * width + column] = sums[column]!;
  }
  for (let row = 0; row < width; row++) {
    for (let column = 0; column < row; column++) {
      matrix[column * width + row] = matrix[row * width + column]!;
    }
  }
}
