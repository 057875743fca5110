import type { FactorHalf } from '../kernels.ts';

/** A residual of this squared length is solved: the next step would divide by nothing. */
const SOLVED = 1e-20;

/** `Kernels.solveFactors` in plain typed arrays. */
export function solveFactorsPlain(half: FactorHalf): void {
  const { start, solved, dimensions, steps, unobservedWeight } = half;
  const gram = gramOf(half.fixed, dimensions, unobservedWeight);
  const vectors = {
    x: new Float64Array(dimensions),
    residual: new Float64Array(dimensions),
    direction: new Float64Array(dimensions),
    image: new Float64Array(dimensions),
  };
  for (let row = 0; row + 1 < start.length; row++) {
    const at = row * dimensions;
    if (start[row] === start[row + 1]) {
      solved.fill(0, at, at + dimensions);
      continue;
    }
    vectors.x.set(solved.subarray(at, at + dimensions));
    solveRow(half, row, { gram, steps, ...vectors });
    solved.set(vectors.x, at);
  }
}

function gramOf(factors: Float32Array, dimensions: number, scale: number): Float64Array {
  const gram = new Float64Array(dimensions * dimensions);
  for (let first = 0; first < factors.length; first += dimensions) {
    for (let i = 0; i < dimensions; i++) {
      const weight = scale * factors[first + i]!;
      for (let j = 0; j < dimensions; j++) gram[i * dimensions + j]! += weight * factors[first + j]!;
    }
  }
  return gram;
}

type RowWork = {
  gram: Float64Array;
  steps: number;
  x: Float64Array;
  residual: Float64Array;
  direction: Float64Array;
  image: Float64Array;
};

function solveRow(half: FactorHalf, row: number, work: RowWork): void {
  const { x, residual, direction, image } = work;
  multiply(half, row, { vector: x, out: residual, gram: work.gram });
  for (let i = 0; i < x.length; i++) residual[i] = -residual[i]!;
  addTargets(half, row, residual);
  direction.set(residual);
  let norm = dot(residual, residual);
  for (let step = 0; step < work.steps && norm >= SOLVED; step++) {
    multiply(half, row, { vector: direction, out: image, gram: work.gram });
    const length = norm / dot(direction, image);
    for (let i = 0; i < x.length; i++) {
      x[i]! += length * direction[i]!;
      residual[i]! -= length * image[i]!;
    }
    const next = dot(residual, residual);
    for (let i = 0; i < x.length; i++) direction[i] = residual[i]! + (next / norm) * direction[i]!;
    norm = next;
  }
}

/** out = (sum of w_k y_k y_k' + gram + lambda I) vector. */
function multiply(
  { start, ids, values, fixed, dimensions, regularization }: FactorHalf,
  row: number,
  { vector, out, gram }: { vector: Float64Array; out: Float64Array; gram: Float64Array },
): void {
  for (let i = 0; i < dimensions; i++) {
    let sum = regularization[row]! * vector[i]!;
    for (let j = 0; j < dimensions; j++) sum += gram[i * dimensions + j]! * vector[j]!;
    out[i] = sum;
  }
  for (let at = start[row]!; at < start[row + 1]!; at++) {
    const first = ids[at]! * dimensions;
    let product = 0;
    for (let i = 0; i < dimensions; i++) product += fixed[first + i]! * vector[i]!;
    product *= values === undefined ? 1 : values[at]!;
    for (let i = 0; i < dimensions; i++) out[i]! += product * fixed[first + i]!;
  }
}

/** Adds sum of w_k y_k. */
function addTargets(
  { start, ids, values, fixed, dimensions }: FactorHalf,
  row: number,
  out: Float64Array,
): void {
  for (let at = start[row]!; at < start[row + 1]!; at++) {
    const first = ids[at]! * dimensions;
    const weight = values === undefined ? 1 : values[at]!;
    for (let i = 0; i < dimensions; i++) out[i]! += weight * fixed[first + i]!;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
