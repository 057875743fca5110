import { transformed } from './fit-column.ts';
import type { Cell, Column, NumericColumn, RawColumn } from './logistic-model.ts';

/** How many terms a column has. */
export const termsIn = (column: Column): number =>
  column.kind === 'category'
    ? column.levels.length
    : 1 + column.knots.length + column.spikes.length + (column.missing ? 1 : 0);

const writeNumeric = (column: NumericColumn, x: number, out: Float64Array, at: number): void => {
  const { knots, spikes } = column;
  const known = Number.isFinite(x);
  const s = known ? transformed(x, column.unit) : column.fill;
  let next = at;
  out[next++] = s;
  for (let k = 0; k < knots.length; k++) out[next++] = s > knots[k]! ? s - knots[k]! : 0;
  for (let k = 0; k < spikes.length; k++) out[next++] = known && x === spikes[k] ? 1 : 0;
  if (column.missing) out[next] = known ? 0 : 1;
};

/** Writes the terms of one cell from `at` on. */
export const writeTerms = (column: Column, cell: Cell, out: Float64Array, at: number): void => {
  if (column.kind === 'numeric') {
    writeNumeric(column, typeof cell === 'number' ? cell : Number.NaN, out, at);
    return;
  }
  for (let k = 0; k < column.levels.length; k++) out[at + k] = column.levels[k] === cell ? 1 : 0;
};

/** Terms of many rows, row-major. */
export type Design = { values: Float64Array; rows: number; terms: number };

/** The terms of the given rows. */
export const designOf = (columns: readonly Column[], raw: readonly RawColumn[], rows: Int32Array): Design => {
  const terms = columns.reduce((sum, column) => sum + termsIn(column), 0);
  const values = new Float64Array(rows.length * terms);
  let at = 0;
  columns.forEach((column, j) => {
    const cells = raw[j]!.values;
    for (let n = 0; n < rows.length; n++) writeTerms(column, cells[rows[n]!]!, values, n * terms + at);
    at += termsIn(column);
  });
  return { values, rows: rows.length, terms };
};
