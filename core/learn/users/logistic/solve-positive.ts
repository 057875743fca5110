/**
 * Solves matrix * x = vector in place of `vector`, for a symmetric positive definite matrix (size x size, row-major, the lower
 * triangle is read and overwritten) by Cholesky's method. Throws RangeError where it is not positive definite.
 */
export const solvePositive = (matrix: Float64Array, vector: Float64Array): void => {
  const size = vector.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k]! * matrix[j * size + k]!;
      if (i !== j) {
        matrix[i * size + j] = sum / matrix[j * size + j]!;
        continue;
      }
      if (!(sum > 0)) throw new RangeError('the matrix is not positive definite');
      matrix[i * size + i] = Math.sqrt(sum);
    }
  }
  for (let i = 0; i < size; i++) {
    let sum = vector[i]!;
    for (let k = 0; k < i; k++) sum -= matrix[i * size + k]! * vector[k]!;
    vector[i] = sum / matrix[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = vector[i]!;
    for (let k = i + 1; k < size; k++) sum -= matrix[k * size + i]! * vector[k]!;
    vector[i] = sum / matrix[i * size + i]!;
  }
};
