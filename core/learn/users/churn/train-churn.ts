import { shuffled } from '../folds.ts';
import { type CrossValidation, crossValidate } from '../logistic/cross-validate.ts';
import { fitLogistic } from '../logistic/fit-logistic.ts';
import type { RawColumn } from '../logistic/logistic-model.ts';
import { type TopFactor, topFactors } from '../logistic/top-factors.ts';
import type { Table } from '../standardize.ts';
import type { ChurnModel } from '../types.ts';

export type ChurnReport = CrossValidation & {
  samples: number;
  /** Rows that the model was fitted on, where there were more than it can use. */
  fitted: number;
  /** Share of users who left, and the log loss of always answering with it. */
  baseRate: number;
  baseLogLoss: number;
  penalty: number;
  topFactors: TopFactor[];
};

/** More rows change a model of some hundred terms no more; the cross-validation needs fewer still. */
const FIT_ROWS = 50_000;
const VALIDATION_ROWS = 20_000;
const FOLDS = 5;
const TOP_FACTORS = 8;

const columnsOf = ({ values, columns }: Table, features: readonly string[], rows: Int32Array): RawColumn[] =>
  features.map((name, j) => ({
    kind: 'numeric',
    name,
    values: Float64Array.from(rows, (row) => values[row * columns + j]!),
  }));

/**
 * The churn model from vectors one horizon ago and what followed (1: nothing), with the quality that cross-validation found.
 * Both outcomes must occur in every fold: the caller asks for enough rows of each.
 */
export const trainChurn = (
  vectors: Table,
  labels: Uint8Array,
  { features, horizonDays, seed }: { features: readonly string[]; horizonDays: number; seed: number },
): { model: ChurnModel; report: ChurnReport } => {
  const chosen = shuffled(vectors.rows, seed).subarray(0, FIT_ROWS);
  const own = Uint8Array.from(chosen, (row) => labels[row]!);
  const raw = columnsOf(vectors, features, chosen);
  const all = Int32Array.from(own, (_, row) => row);
  const { model, penalty } = fitLogistic(raw, own, all, { seed });
  const rate = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const judged = chosen.subarray(0, VALIDATION_ROWS);
  const quality = crossValidate(columnsOf(vectors, features, judged), own.subarray(0, judged.length), {
    folds: FOLDS,
    seed,
  });
  return {
    model: { horizonDays, logistic: model },
    report: {
      ...quality,
      samples: vectors.rows,
      fitted: chosen.length,
      baseRate: rate,
      baseLogLoss: -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate),
      penalty,
      topFactors: topFactors(model, raw, TOP_FACTORS),
    },
  };
};
