import type { Cell, LogisticModel } from './logistic-model.ts';
import { termsIn, writeTerms } from './terms.ts';

/** What one column adds to the calibrated log-odds, compared to the average row of the training data. */
export type Contribution = { column: string; contribution: number };

/** The calibrated log-odds of the average row: every contribution is relative to it. */
export const averageLogOdds = ({ intercept, calibration }: LogisticModel): number =>
  calibration.slope * intercept + calibration.shift;

/** By column, in the order of `model.columns`; together with `averageLogOdds` they add up to the log-odds of the row. */
export const contributionsOf = (model: LogisticModel, cells: ArrayLike<Cell>): Contribution[] => {
  let at = 0;
  return model.columns.map((column, j) => {
    const terms = termsIn(column);
    const values = new Float64Array(terms);
    writeTerms(column, cells[j] ?? Number.NaN, values, 0);
    let contribution = 0;
    for (let k = 0; k < terms; k++)
      contribution += model.weights[at + k]! * (values[k]! - model.means[at + k]!);
    at += terms;
    return { column: column.name, contribution: model.calibration.slope * contribution };
  });
};

/** The probability that the row is positive; a cell that is absent counts as missing. */
export const probabilityOf = (model: LogisticModel, cells: ArrayLike<Cell>): number => {
  const logOdds = contributionsOf(model, cells).reduce(
    (sum, { contribution }) => sum + contribution,
    averageLogOdds(model),
  );
  return 1 / (1 + Math.exp(-logOdds));
};
