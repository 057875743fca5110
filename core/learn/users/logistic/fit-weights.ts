import { solvePositive } from './solve-positive.ts';
import type { Design } from './terms.ts';

export type Weights = { weights: Float64Array; intercept: number };

const MOST_STEPS = 40;
const CONVERGED = 1e-8;
/** A step that does not lower the loss is halved so often at most. */
const HALVINGS = 12;

/** log(1 + e^x) without overflow. */
const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/** Fills the log-odds of every row and returns the penalised negative log-likelihood. */
const lossOf = (
  { values, rows, terms }: Design,
  labels: ArrayLike<number>,
  fitted: Float64Array,
  penalty: number,
  logOdds: Float64Array,
): number => {
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    let sum = fitted[terms]!;
    const at = row * terms;
    for (let j = 0; j < terms; j++) sum += fitted[j]! * values[at + j]!;
    logOdds[row] = sum;
    loss += softplus(sum) - labels[row]! * sum;
  }
  let squares = 0;
  for (let j = 0; j < terms; j++) squares += fitted[j]! * fitted[j]!;
  return loss + 0.5 * penalty * squares;
};

/** Adds one row, weighted, to the lower triangle of the Hessian; zeros, of which one-hot rows are full, are left out. */
const addRow = (
  hessian: Float64Array,
  size: number,
  row: Float64Array,
  present: Int32Array,
  count: number,
  weight: number,
): void => {
  for (let a = 0; a < count; a++) {
    const i = present[a]!;
    const scaled = weight * row[i]!;
    const at = i * size;
    for (let b = 0; b <= a; b++) hessian[at + present[b]!]! += scaled * row[present[b]!]!;
  }
};

/** Newton's direction: `step` becomes Hessian^-1 * gradient; the intercept stands last and is not penalised. */
const newtonStep = (
  { values, rows, terms }: Design,
  labels: ArrayLike<number>,
  fitted: Float64Array,
  penalty: number,
  logOdds: Float64Array,
): Float64Array => {
  const size = terms + 1;
  const hessian = new Float64Array(size * size);
  const step = new Float64Array(size);
  const row = new Float64Array(size).fill(1);
  const present = new Int32Array(size);
  for (let n = 0; n < rows; n++) {
    const p = 1 / (1 + Math.exp(-logOdds[n]!));
    const error = p - labels[n]!;
    let count = 0;
    for (let j = 0; j < terms; j++) {
      const x = values[n * terms + j]!;
      if (x === 0) continue;
      row[j] = x;
      present[count++] = j;
      step[j]! += error * x;
    }
    present[count++] = terms;
    step[terms]! += error;
    addRow(hessian, size, row, present, count, Math.max(1e-10, p * (1 - p)));
  }
  for (let j = 0; j < terms; j++) {
    hessian[j * size + j]! += penalty;
    step[j]! += penalty * fitted[j]!;
  }
  hessian[size * size - 1]! += 1e-10;
  solvePositive(hessian, step);
  return step;
};

/**
 * Logistic regression with an L2 penalty (penalty / 2 * sum of squared weights; the intercept is free) by Newton's method with
 * halved steps, from `start` where it is given. `labels` are 0 or 1.
 */
export const fitWeights = (
  design: Design,
  labels: ArrayLike<number>,
  penalty: number,
  start?: Weights,
): Weights => {
  const { rows, terms } = design;
  let fitted = new Float64Array(terms + 1);
  if (start) fitted.set([...start.weights, start.intercept]);
  let logOdds = new Float64Array(rows);
  let trial = new Float64Array(rows);
  let loss = lossOf(design, labels, fitted, penalty, logOdds);
  for (let n = 0; n < MOST_STEPS; n++) {
    const step = newtonStep(design, labels, fitted, penalty, logOdds);
    const before = loss;
    for (let halving = 0, length = 1; halving < HALVINGS; halving++, length /= 2) {
      const moved = fitted.map((w, j) => w - length * step[j]!);
      const reached = lossOf(design, labels, moved, penalty, trial);
      if (!(reached <= loss)) continue;
      [fitted, loss] = [moved, reached];
      [logOdds, trial] = [trial, logOdds];
      break;
    }
    if (before - loss <= CONVERGED * before) break;
  }
  return { weights: fitted.slice(0, terms), intercept: fitted[terms]! };
};
