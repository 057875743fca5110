import type { CategoryColumn, Column, NumericColumn, RawColumn } from './logistic-model.ts';

/** A column of at most so many distinct numbers may be a code: each value gets its own flag. */
const CODE_VALUES = 24;
/** A flag needs so many rows, and so large a share of them. */
const FLAG_ROWS = 10;
const FLAG_SHARE = 0.002;
/** Among many distinct numbers, a value of this share is a spike; 0 most of all. */
const SPIKE_SHARE = 0.05;
const MOST_SPIKES = 3;
const MOST_LEVELS = 60;
const KNOT_QUANTILES = [0.1, 0.3, 0.5, 0.7, 0.9];
/** Skewer than this, a number is taken by its logarithm. */
const LONG_TAIL = 2;

/** The transformed number: see `NumericColumn`. */
export const transformed = (x: number, unit: number | null): number =>
  unit === null ? x : Math.sign(x) * Math.log1p(Math.abs(x) / unit);

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;

const skewness = (values: Float64Array): number => {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  let second = 0;
  let third = 0;
  for (const x of values) {
    second += (x - mean) ** 2;
    third += (x - mean) ** 3;
  }
  const deviation = Math.sqrt(second / values.length);
  return deviation === 0 ? 0 : third / values.length / deviation ** 3;
};

/** The median size of what is not 0, for columns with a long tail; null for others. */
const unitOf = (values: Float64Array): number | null => {
  if (Math.abs(skewness(values)) <= LONG_TAIL) return null;
  const sizes = values.filter((x) => x !== 0).map(Math.abs);
  return sizes.length === 0 ? null : quantile(sizes.sort(), 0.5);
};

const countsOf = <T>(values: Iterable<T>): Map<T, number> => {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

/** Values by how many rows have them, most first; ties by value. */
const byCount = <T extends number | string>(counts: ReadonlyMap<T, number>): [value: T, count: number][] =>
  [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

const spikesOf = (values: Float64Array, counts: ReadonlyMap<number, number>): number[] => {
  const isCode = counts.size <= CODE_VALUES;
  const least = Math.max(FLAG_ROWS, (isCode ? FLAG_SHARE : SPIKE_SHARE) * values.length);
  const spikes = counts.size <= 2 ? [] : byCount(counts).filter(([, count]) => count >= least);
  return spikes.slice(0, isCode ? CODE_VALUES : MOST_SPIKES).map(([value]) => value);
};

/** Bends of the curve at quantiles of what is no spike. */
const knotsOf = (values: Float64Array, spikes: readonly number[], unit: number | null): number[] => {
  const spread = values
    .filter((x) => !spikes.includes(x))
    .map((x) => transformed(x, unit))
    .sort();
  if (spread.length === 0) return [];
  const inside = KNOT_QUANTILES.map((share) => quantile(spread, share)).filter(
    (knot) => knot > spread[0]! && knot < spread.at(-1)!,
  );
  return [...new Set(inside)];
};

const fitNumeric = (name: string, all: Float64Array, rows: Int32Array): NumericColumn => {
  const values = Float64Array.from(rows, (row) => all[row]!).filter(Number.isFinite);
  const missing = values.length < rows.length;
  if (values.length === 0)
    return { kind: 'numeric', name, unit: null, knots: [], spikes: [], fill: 0, missing };
  const counts = countsOf(values);
  const isCode = counts.size <= CODE_VALUES;
  const unit = isCode ? null : unitOf(values);
  const spikes = spikesOf(values, counts);
  const knots = isCode ? [] : knotsOf(values, spikes, unit);
  const fill = values.reduce((sum, x) => sum + transformed(x, unit), 0) / values.length;
  return { kind: 'numeric', name, unit, knots, spikes, fill, missing };
};

const fitCategory = (name: string, all: readonly string[], rows: Int32Array): CategoryColumn => {
  const least = Math.max(FLAG_ROWS, FLAG_SHARE * rows.length);
  const counts = countsOf(Array.from(rows, (row) => all[row]!));
  const levels = byCount(counts).filter(([, count]) => count >= least);
  return { kind: 'category', name, levels: levels.slice(0, MOST_LEVELS).map(([level]) => level) };
};

/** Learns how a column is written as terms from the given rows only. */
export const fitColumn = (column: RawColumn, rows: Int32Array): Column =>
  column.kind === 'numeric'
    ? fitNumeric(column.name, column.values, rows)
    : fitCategory(column.name, column.values, rows);
