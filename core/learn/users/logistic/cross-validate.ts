import {
  aucOf,
  type Calibration,
  calibrationBins,
  expectedCalibrationError,
  logLossOf,
} from '../binary-metrics.ts';
import { splitBy, stratifiedFolds } from '../folds.ts';
import { fitLogistic, plattScaling } from './fit-logistic.ts';
import type { RawColumn } from './logistic-model.ts';
import { probabilityOf } from './predict.ts';

export type CrossValidation = {
  /** Mean over the folds. */
  auc: number;
  logLoss: number;
  /** Over the held-out predictions of all folds. */
  calibration: Calibration;
  folds: { rows: number; positives: number; auc: number; logLoss: number; penalty: number }[];
};

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

/** How well probabilities agree with outcomes. */
export const calibrationOf = (probabilities: Float64Array, labels: ArrayLike<number>): Calibration => {
  const bins = calibrationBins(probabilities, labels);
  const logOdds = probabilities.map((p) => Math.log(p / (1 - p)));
  return { expectedError: expectedCalibrationError(bins), ...plattScaling(logOdds, labels), bins };
};

/** Stratified cross-validation of `fitLogistic`; everything that is learned, the preparation of columns included, is learned inside a fold. */
export const crossValidate = (
  raw: readonly RawColumn[],
  labels: ArrayLike<number>,
  { folds, seed }: { folds: number; seed: number },
): CrossValidation => {
  const fold = stratifiedFolds(labels, folds, seed);
  const probabilities = new Float64Array(labels.length);
  const rows = Array.from({ length: folds }, (_, n) => {
    const { train, test } = splitBy(fold, n);
    const { model, penalty } = fitLogistic(raw, labels, train, { seed: seed + n + 1 });
    for (const row of test) {
      const cells = raw.map(({ values }) => values[row]!);
      probabilities[row] = probabilityOf(model, cells);
    }
    const held = test.length;
    const predicted = Float64Array.from(test, (row) => probabilities[row]!);
    const own = Uint8Array.from(test, (row) => labels[row]!);
    const positives = own.reduce((sum, label) => sum + label, 0);
    return { rows: held, positives, auc: aucOf(predicted, own), logLoss: logLossOf(predicted, own), penalty };
  });
  return {
    auc: mean(rows.map(({ auc }) => auc)),
    logLoss: mean(rows.map(({ logLoss }) => logLoss)),
    calibration: calibrationOf(probabilities, labels),
    folds: rows,
  };
};
