import type { Kernels } from '../../../numbers/kernels.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { History } from '../model.ts';
import type { AlsParams } from './als-params.ts';
import { type AlsFactors, filledRows, regularizationOf } from './factors.ts';

/** From nothing more steps are needed than from the last pass's solution. */
const FOLD_IN_STEPS = 8;

/** Rows that were not trained on, as lists of the other side's numbers; `columns` of the other side have been trained on. */
export type NewRows = { ids: readonly Int32Array[]; fixed: Float32Array; columns: number };

/**
 * Factors (rows x dimensions) of new users (`fixed`: item factors) or new items (`fixed`: user factors), solved exactly as a pass
 * would, without training anew; every observation weighs 1. A row without observations is zero.
 */
export function foldIn({ ids, fixed, columns }: NewRows, params: AlsParams, kernels: Kernels): Float32Array {
  const start = new Int32Array(ids.length + 1);
  ids.forEach((row, at) => {
    start[at + 1] = start[at]! + row.length;
  });
  const all = new Int32Array(start[ids.length]!);
  ids.forEach((row, at) => {
    all.set(row, start[at]!);
  });
  const solved = new Float32Array(ids.length * params.dimensions);
  const rows = { start, ids: all };
  kernels.solveFactors({
    ...rows,
    fixed,
    solved,
    dimensions: params.dimensions,
    unobservedWeight: params.unobservedWeight,
    regularization: regularizationOf(rows, columns, params),
    steps: FOLD_IN_STEPS,
  });
  return solved;
}

/** Each item of a history once: what was repeated counts as one observation. */
export function distinctItems({ items }: History): Int32Array {
  return Int32Array.from(new Set(items));
}

/** The factors of one new item that these users of the training have chosen: what `foldIn` gives for items. */
export function foldInItem(
  users: Int32Array,
  { dataset, factors }: { dataset: Dataset; factors: AlsFactors },
  { params, kernels }: { params: AlsParams; kernels: Kernels },
): Float32Array {
  const columns = filledRows(dataset.userStart);
  return foldIn({ ids: [users], fixed: factors.users, columns }, params, kernels);
}
