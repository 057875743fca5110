import { logLossOf } from '../binary-metrics.ts';
import { splitBy, stratifiedFolds } from '../folds.ts';
import { fitColumn } from './fit-column.ts';
import { fitWeights, type Weights } from './fit-weights.ts';
import type { Column, LogisticModel, RawColumn } from './logistic-model.ts';
import { type Design, designOf } from './terms.ts';

export type LogisticOptions = {
  seed: number;
  /** Strengths of the L2 penalty among which folds of the training rows choose. */
  penalties?: readonly number[];
  folds?: number;
};

export type FittedLogistic = { model: LogisticModel; penalty: number };

const PENALTIES = [300, 100, 30, 10, 3, 1];
const FOLDS = 3;

type Scaling = { means: Float64Array; scales: Float64Array };

const scalingOf = ({ values, rows, terms }: Design): Scaling => {
  const means = new Float64Array(terms);
  const scales = new Float64Array(terms);
  for (let n = 0; n < rows; n++) for (let j = 0; j < terms; j++) means[j]! += values[n * terms + j]! / rows;
  for (let n = 0; n < rows; n++)
    for (let j = 0; j < terms; j++) scales[j]! += (values[n * terms + j]! - means[j]!) ** 2 / rows;
  return { means, scales: scales.map((variance) => (variance > 1e-18 ? Math.sqrt(variance) : 1)) };
};

/** Divides by the scales in place; means stay, so that flags stay 0 where they were (the intercept takes them up). */
const scale = ({ values, terms }: Design, { scales }: Scaling): void => {
  for (let i = 0; i < values.length; i++) values[i]! /= scales[i % terms]!;
};

type Prepared = { columns: Column[]; design: Design; scaling: Scaling; labels: Uint8Array };

const prepare = (raw: readonly RawColumn[], labels: ArrayLike<number>, rows: Int32Array): Prepared => {
  const columns = raw.map((column) => fitColumn(column, rows));
  const design = designOf(columns, raw, rows);
  const scaling = scalingOf(design);
  scale(design, scaling);
  return { columns, design, scaling, labels: Uint8Array.from(rows, (row) => labels[row]!) };
};

const logOddsOf = ({ values, rows, terms }: Design, { weights, intercept }: Weights): Float64Array => {
  const out = new Float64Array(rows);
  for (let n = 0; n < rows; n++) {
    let sum = intercept;
    for (let j = 0; j < terms; j++) sum += weights[j]! * values[n * terms + j]!;
    out[n] = sum;
  }
  return out;
};

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Log-odds of every row by a model that did not see it, for every penalty. */
const heldOutLogOdds = (
  raw: readonly RawColumn[],
  labels: ArrayLike<number>,
  rows: Int32Array,
  { seed, penalties = PENALTIES, folds = FOLDS }: LogisticOptions,
): Float64Array[] => {
  const fold = stratifiedFolds(
    Uint8Array.from(rows, (row) => labels[row]!),
    folds,
    seed,
  );
  const held = penalties.map(() => new Float64Array(rows.length));
  for (let n = 0; n < folds; n++) {
    const { train, test } = splitBy(fold, n);
    const prepared = prepare(
      raw,
      labels,
      train.map((at) => rows[at]!),
    );
    const design = designOf(
      prepared.columns,
      raw,
      test.map((at) => rows[at]!),
    );
    scale(design, prepared.scaling);
    let fitted: Weights | undefined;
    penalties.forEach((penalty, p) => {
      fitted = fitWeights(prepared.design, prepared.labels, penalty, fitted);
      const logOdds = logOddsOf(design, fitted);
      for (let i = 0; i < test.length; i++) held[p]![test[i]!] = logOdds[i]!;
    });
  }
  return held;
};

/** Slope and shift by logistic regression of the outcome on the log-odds (Platt 1999), on rows that training did not see. */
export const plattScaling = (
  logOdds: Float64Array,
  labels: ArrayLike<number>,
): { slope: number; shift: number } => {
  const fitted = fitWeights({ values: logOdds, rows: logOdds.length, terms: 1 }, labels, 1e-6);
  return { slope: fitted.weights[0]!, shift: fitted.intercept };
};

/**
 * A calibrated logistic regression on the given rows: how columns become terms is learned from them, the penalty is the one with
 * the least log loss over stratified folds of them, and the same held-out log-odds calibrate the model. Rows are not weighted
 * by class: that would shift the probabilities, and the order does not need it.
 */
export const fitLogistic = (
  raw: readonly RawColumn[],
  labels: ArrayLike<number>,
  rows: Int32Array,
  options: LogisticOptions,
): FittedLogistic => {
  const own = Uint8Array.from(rows, (row) => labels[row]!);
  const held = heldOutLogOdds(raw, labels, rows, options);
  const losses = held.map((logOdds) => logLossOf(logOdds.map(sigmoid), own));
  const best = losses.indexOf(Math.min(...losses));
  const penalty = (options.penalties ?? PENALTIES)[best]!;
  const { columns, design, scaling } = prepare(raw, labels, rows);
  const fitted = fitWeights(design, own, penalty);
  const weights = Array.from(fitted.weights, (w, j) => w / scaling.scales[j]!);
  const intercept = weights.reduce((sum, w, j) => sum + w * scaling.means[j]!, fitted.intercept);
  const calibration = plattScaling(held[best]!, own);
  return { model: { columns, weights, means: Array.from(scaling.means), intercept, calibration }, penalty };
};
