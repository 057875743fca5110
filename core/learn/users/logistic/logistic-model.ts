/**
 * How a number becomes terms of a linear model. x gives s = sign(x) * log(1 + |x| / unit) where `unit` is set (long tails), else
 * s = x. The terms are s, max(0, s - knot) for every knot, a flag for every one of `spikes` (values that many rows share), and,
 * where `missing` is set, a flag for a missing value, which takes `fill` for s.
 */
export type NumericColumn = {
  kind: 'numeric';
  name: string;
  unit: number | null;
  knots: number[];
  spikes: number[];
  fill: number;
  missing: boolean;
};

/** One flag per level; a text that is no level gives none. */
export type CategoryColumn = { kind: 'category'; name: string; levels: string[] };

export type Column = NumericColumn | CategoryColumn;

/** A calibrated logistic regression: log-odds = slope * (intercept + sum of weight * (term - mean)) + shift. */
export type LogisticModel = {
  columns: Column[];
  /** One per term, in the order of the columns. */
  weights: number[];
  /** Mean of every term over the training rows. */
  means: number[];
  intercept: number;
  calibration: { slope: number; shift: number };
};

/** A value of a table: a number (NaN where missing), or the text of a category. */
export type Cell = number | string;

/** A table by columns; NaN is a missing number. */
export type RawColumn =
  | { kind: 'numeric'; name: string; values: Float64Array }
  | { kind: 'category'; name: string; values: readonly string[] };
