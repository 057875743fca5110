/** Two rows whose cosine is below this count as orthogonal. */
const ORTHOGONAL = 1e-9;
const MOST_SWEEPS = 30;

/** Eigenvalues in falling order with their vectors as rows (size x size, row-major), of unit length; zero rows for zero eigenvalues. */
export type Eigen = { values: Float64Array; vectors: Float64Array };

/**
 * Eigenvalues and eigenvectors of a symmetric positive semi-definite matrix (size x size, row-major) by one-sided Jacobi rotations
 * (Hestenes 1958): rows are rotated in pairs until all are orthogonal; then each is an eigenvector times its eigenvalue.
 * Eigenvalues that are tiny beside the greatest are not accurate.
 */
export function eigenvectors(matrix: Float64Array, size: number): Eigen {
  const rows = matrix.slice(0, size * size);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (rotateAllPairs(rows, size) === 0) break;
  }
  return sortByLength(rows, size);
}

/** Rotates every pair of rows that is not orthogonal; returns how many were not. */
function rotateAllPairs(rows: Float64Array, size: number): number {
  let rotated = 0;
  for (let p = 0; p < size - 1; p++) {
    for (let q = p + 1; q < size; q++) {
      if (rotatePair(rows, { p: p * size, q: q * size, size })) rotated += 1;
    }
  }
  return rotated;
}

function rotatePair(rows: Float64Array, { p, q, size }: { p: number; q: number; size: number }): boolean {
  let pp = 0;
  let qq = 0;
  let pq = 0;
  for (let at = 0; at < size; at++) {
    const x = rows[p + at]!;
    const y = rows[q + at]!;
    pp += x * x;
    qq += y * y;
    pq += x * y;
  }
  if (!(Math.abs(pq) > ORTHOGONAL * Math.sqrt(pp * qq))) return false;
  const ratio = (qq - pp) / (2 * pq);
  const tangent = (ratio >= 0 ? 1 : -1) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let at = 0; at < size; at++) {
    const x = rows[p + at]!;
    const y = rows[q + at]!;
    rows[p + at] = cosine * x - sine * y;
    rows[q + at] = sine * x + cosine * y;
  }
  return true;
}

function sortByLength(rows: Float64Array, size: number): Eigen {
  const lengths = Float64Array.from({ length: size }, (_, row) => {
    let squares = 0;
    for (let at = row * size; at < (row + 1) * size; at++) squares += rows[at]! ** 2;
    return Math.sqrt(squares);
  });
  const order = Array.from(lengths.keys()).sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  const vectors = new Float64Array(size * size);
  order.forEach((row, place) => {
    const scale = lengths[row]! > 0 ? 1 / lengths[row]! : 0;
    for (let at = 0; at < size; at++) vectors[place * size + at] = rows[row * size + at]! * scale;
  });
  return { values: Float64Array.from(order, (row) => lengths[row]!), vectors };
}
