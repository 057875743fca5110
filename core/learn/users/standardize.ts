import type { Standardization } from './types.ts';

/** Rows of equal length in one array, row-major. */
export type Table = { values: Float64Array; rows: number; columns: number };

/** Rows as one table; rows of another length or with values that are not finite are left out and counted. */
export const tableOf = (rows: Iterable<ArrayLike<number>>, columns: number): Table & { skipped: number } => {
  let values = new Float64Array(columns * 1024);
  let count = 0;
  let skipped = 0;
  for (const row of rows) {
    if (row.length !== columns || !Array.prototype.every.call(row, Number.isFinite)) {
      skipped += 1;
      continue;
    }
    if ((count + 1) * columns > values.length) {
      const larger = new Float64Array(values.length * 2);
      larger.set(values);
      values = larger;
    }
    values.set(row, count * columns);
    count += 1;
  }
  return { values: values.subarray(0, count * columns), rows: count, columns, skipped };
};

/** Mean and standard deviation of every column; a column that is always the same gets the scale 1. */
export const standardizationOf = ({ values, rows, columns }: Table): Standardization => {
  const means = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) means[i % columns]! += values[i]! / rows;
  for (let i = 0; i < values.length; i++) squares[i % columns]! += (values[i]! - means[i % columns]!) ** 2;
  const scales = Array.from(squares, (sum, j) => {
    const deviation = Math.sqrt(sum / Math.max(1, rows));
    return deviation > 1e-9 * Math.max(1, Math.abs(means[j]!)) ? deviation : 1;
  });
  return { means: Array.from(means), scales };
};

/** A copy with mean 0 and variance 1 in every column. */
export const standardized = (table: Table, { means, scales }: Standardization): Table => {
  const { columns } = table;
  const values = new Float64Array(table.values.length);
  for (let i = 0; i < values.length; i++) {
    const column = i % columns;
    values[i] = (table.values[i]! - means[column]!) / scales[column]!;
  }
  return { ...table, values };
};
