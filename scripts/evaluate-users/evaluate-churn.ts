import { crossValidate } from '../../core/learn/users/logistic/cross-validate.ts';
import { fitLogistic } from '../../core/learn/users/logistic/fit-logistic.ts';
import { topFactors } from '../../core/learn/users/logistic/top-factors.ts';
import { BadInput } from '../evaluate/bad-input.ts';
import { parsedArgs } from '../evaluate/parsed-args.ts';
import { churnTable } from './churn-columns.ts';
import { readTable } from './read-table.ts';
import { required, wholeNumber } from './usage.ts';

export const churnUsage = `npm run -s evaluate:churn -- --file FILE --label COLUMN --positive VALUE [options]

  --file FILE          rows with a header, separated by comma, semicolon, tab or bar (detected)
  --label COLUMN       the column to predict
  --positive VALUE     its value that counts as 1, e.g. Yes
  --drop COLUMN,...    columns to leave out; texts that name rows are left out by themselves
  --folds N            stratified folds (default 5)
  --seed N             of the folds (default 1)

Prints {auc, logLoss, calibration, folds, topFactors, ...} as JSON. Everything is learned inside the folds.`;

const options = {
  file: { type: 'string' },
  label: { type: 'string' },
  positive: { type: 'string' },
  drop: { type: 'string', default: '' },
  folds: { type: 'string', default: '5' },
  seed: { type: 'string', default: '1' },
} as const;

const TOP_FACTORS = 10;

const churnOptions = (args: readonly string[]) => {
  const values = parsedArgs(args, options);
  return {
    file: required(values.file, 'file'),
    label: required(values.label, 'label'),
    positive: required(values.positive, 'positive'),
    drop: values.drop
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    folds: wholeNumber(values.folds, 'folds', 2),
    seed: wholeNumber(values.seed, 'seed', 0),
  };
};

/** Every fold needs enough of both outcomes for three folds inside it. */
const LEAST_PER_FOLD = 3;

const refuseTooFew = (labels: Uint8Array, folds: number): void => {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const fewer = Math.min(positives, labels.length - positives);
  if (fewer >= folds * LEAST_PER_FOLD) return;
  throw new BadInput(
    `${folds} folds need ${folds * LEAST_PER_FOLD} rows of each outcome; there are ${fewer} of one`,
  );
};

/** Runs the command; the result is what it prints. @throws BadInput */
export const evaluateChurn = async (args: readonly string[]) => {
  const { file, folds, seed, ...columns } = churnOptions(args);
  const text = await readTable(file);
  const table = churnTable(text, columns);
  refuseTooFew(table.labels, folds);
  const quality = crossValidate(table.columns, table.labels, { folds, seed });
  const all = Int32Array.from(table.labels, (_, row) => row);
  const { model } = fitLogistic(table.columns, table.labels, all, { seed });
  const { auc, logLoss, calibration } = quality;
  const positives = table.labels.reduce((sum, label) => sum + label, 0);
  return {
    auc,
    logLoss,
    calibration,
    folds: quality.folds,
    topFactors: topFactors(model, table.columns, TOP_FACTORS),
    rows: table.labels.length,
    positives,
    skippedRows: table.skippedRows,
    blanks: table.blanks,
    dropped: table.dropped,
    separator: text.separator,
  };
};
