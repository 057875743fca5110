import type { Cell, Column, LogisticModel, RawColumn } from './logistic-model.ts';
import { contributionsOf } from './predict.ts';

/** One column of a table: the mean size of its contribution to the log-odds, and what raises the probability. */
export type TopFactor = { factor: string; importance: number; raises: string };

/** Covariance of a column of numbers with its contributions: which end raises the probability. */
const numericEnd = (values: Float64Array, contributions: Float64Array): string => {
  const known = Array.from(values, (_, row) => row).filter((row) => Number.isFinite(values[row]!));
  const mean = (of: Float64Array): number => known.reduce((sum, row) => sum + of[row]!, 0) / known.length;
  const [middle, average] = [mean(values), mean(contributions)];
  const slope = known.reduce(
    (sum, row) => sum + (values[row]! - middle) * (contributions[row]! - average),
    0,
  );
  return slope >= 0 ? 'high values' : 'low values';
};

const raisedBy = (column: Column, raw: RawColumn, contributions: Float64Array): string => {
  if (raw.kind === 'numeric') return numericEnd(raw.values, contributions);
  let best = 0;
  for (let row = 1; row < contributions.length; row++)
    if (contributions[row]! > contributions[best]!) best = row;
  const level = raw.values[best] ?? '';
  return column.kind === 'category' && column.levels.includes(level) ? level : 'rare values';
};

/** The columns by how much they move the log-odds of the rows on average, strongest first. */
export const topFactors = (model: LogisticModel, raw: readonly RawColumn[], most: number): TopFactor[] => {
  const rows = raw[0]?.values.length ?? 0;
  const contributions = raw.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    const cells: Cell[] = raw.map(({ values }) => values[row]!);
    contributionsOf(model, cells).forEach(({ contribution }, j) => {
      contributions[j]![row] = contribution;
    });
  }
  return raw
    .map((column, j) => ({
      factor: column.name,
      importance: contributions[j]!.reduce((sum, x) => sum + Math.abs(x), 0) / rows,
      raises: raisedBy(model.columns[j]!, column, contributions[j]!),
    }))
    .sort((a, b) => b.importance - a.importance)
    .slice(0, most);
};
