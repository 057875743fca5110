import type { Kernels, SparseRows } from '../../../numbers/kernels.ts';
import { seededRandom } from '../../../numbers/seeded-random.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { AlsParams } from './als-params.ts';

/** Both matrices row-major; `dimensions` numbers a row. */
export type AlsFactors = { users: Float32Array; items: Float32Array; dimensions: number };

/**
 * Conjugate-gradient steps per row and pass: from the last pass's solution three come close enough (Takacs et al. 2011), and two
 * in the first half of the passes, whose result moves on anyway.
 */
const EARLY_STEPS = 2;
const LATE_STEPS = 3;
/** Standard deviation of the first factors, divided by the root of the dimensions (Rendle et al. 2022). */
const FIRST_DEVIATION = 0.1;

export type PassReport = (done: number, total: number) => void;

/**
 * Implicit matrix factorisation by alternating least squares (Hu, Koren, Volinsky 2008) in the form of
 * Rendle, Krichene, Zhang, Koren (2022), whose published parameters hold as they are: minimises
 *
 *   sum over observed pairs w_ui (1 - x_u.y_i)^2 + a sum over all pairs (x_u.y_i)^2 + sum of lambda_r |row|^2
 *     with a = unobservedWeight, lambda_r = regularization * (n_r + a N), N columns
 *
 * by `iterations` passes over items, then users. Factors lie in the kernels' memory until the caller releases it.
 */
export function alsFactors(
  dataset: Dataset,
  params: AlsParams,
  { kernels, seed, onPass }: { kernels: Kernels; seed: number; onPass?: PassReport },
): AlsFactors {
  const { dimensions, iterations } = params;
  const users = kernels.f32(dataset.users.length * dimensions);
  const items = kernels.f32(dataset.items.length * dimensions);
  fillNormal(users, FIRST_DEVIATION / Math.sqrt(dimensions), seed);
  fillNormal(items, FIRST_DEVIATION / Math.sqrt(dimensions), seed + 1);
  const mark = kernels.mark();
  const byUser = reachable(kernels, userRows(dataset));
  const byItem = reachable(kernels, itemRows(dataset));
  const half = { dimensions, unobservedWeight: params.unobservedWeight };
  const forUsers = {
    ...half,
    ...byUser,
    regularization: regularizationOf(byUser, filledRows(dataset.itemStart), params),
  };
  const forItems = {
    ...half,
    ...byItem,
    regularization: regularizationOf(byItem, filledRows(dataset.userStart), params),
  };
  for (let pass = 0; pass < iterations; pass++) {
    onPass?.(pass, iterations);
    const steps = 2 * pass < iterations ? EARLY_STEPS : LATE_STEPS;
    kernels.solveFactors({ ...forItems, steps, fixed: users, solved: items });
    kernels.solveFactors({ ...forUsers, steps, fixed: items, solved: users });
  }
  kernels.release(mark);
  return { users, items, dimensions };
}

/** How many rows have any entries. */
export function filledRows(start: Int32Array): number {
  let filled = 0;
  for (let row = 0; row + 1 < start.length; row++) if (start[row + 1]! > start[row]!) filled += 1;
  return filled;
}

/** lambda of every row: `regularization * (n_r + unobservedWeight * columns)`. */
export function regularizationOf(
  { start }: SparseRows,
  columns: number,
  { regularization, unobservedWeight }: AlsParams,
): Float32Array {
  const rows = Math.max(0, start.length - 1);
  return Float32Array.from(
    { length: rows },
    (_, row) => regularization * (start[row + 1]! - start[row]! + unobservedWeight * columns),
  );
}

function userRows(dataset: Dataset): SparseRows {
  return { start: dataset.userStart, ids: dataset.userItem, values: valuesOf(dataset) };
}

function itemRows(dataset: Dataset): SparseRows {
  const byUser = valuesOf(dataset);
  const values = byUser && Float32Array.from(dataset.itemPosition, (position) => byUser[position]!);
  return { start: dataset.itemStart, ids: dataset.itemUser, values };
}

/** Weights in units of their mean by position of `userItem`; undefined where all are equal. */
function valuesOf({ userWeight }: Dataset): Float32Array | undefined {
  let sum = 0;
  let isEven = true;
  for (let at = 0; at < userWeight.length; at++) {
    sum += userWeight[at]!;
    if (userWeight[at] !== userWeight[0]) isEven = false;
  }
  if (isEven) return undefined;
  const mean = sum / userWeight.length;
  return userWeight.map((weight) => weight / mean);
}

function reachable(kernels: Kernels, rows: SparseRows): SparseRows {
  const start = kernels.i32(rows.start.length);
  const ids = kernels.i32(rows.ids.length);
  start.set(rows.start);
  ids.set(rows.ids);
  if (rows.values === undefined) return { start, ids };
  const values = kernels.f32(rows.values.length);
  values.set(rows.values);
  return { start, ids, values };
}

/** Normal numbers by Box and Muller (1958). */
function fillNormal(array: Float32Array, deviation: number, seed: number): void {
  const random = seededRandom(seed);
  for (let at = 0; at < array.length; at += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    array[at] = radius * Math.cos(angle);
    if (at + 1 < array.length) array[at + 1] = radius * Math.sin(angle);
  }
}
