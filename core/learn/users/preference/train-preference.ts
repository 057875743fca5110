import { aucOf, logLossOf } from '../binary-metrics.ts';
import { shuffled } from '../folds.ts';
import { fitWeights } from '../logistic/fit-weights.ts';
import { standardizationOf, standardized, type Table, tableOf } from '../standardize.ts';
import type { PreferenceModel, Standardization } from '../types.ts';
import { fitNetwork, type NetworkOptions } from './fit-network.ts';
import { type Examples, layout, type Network, probabilitiesOf } from './network.ts';

export type PreferenceExample = { x: ArrayLike<number>; y: 0 | 1 };

/** `logLoss` in nats and `auc`, on rows that neither training nor early stopping saw. */
type Quality = { logLoss: number; auc: number };

export type PreferenceReport = {
  samples: number;
  positives: number;
  /** Rows left out: another number of features, or values that are not finite. */
  skipped: number;
  network: Quality;
  /** Logistic regression on the same features. */
  logistic: Quality;
  /** Log loss of always answering with the share of positives. */
  baseLogLoss: number;
  epochs: number;
};

const VALIDATION_SHARE = 0.15;
const TEST_SHARE = 0.15;
const LOGISTIC_PENALTY = 1;

const collect = (
  examples: Iterable<PreferenceExample>,
  inputs: number,
): { table: Table & { skipped: number }; labels: Uint8Array } => {
  const labels: number[] = [];
  const finite = function* () {
    for (const { x, y } of examples) {
      if (x.length === inputs && Array.prototype.every.call(x, Number.isFinite)) labels.push(y === 1 ? 1 : 0);
      yield x;
    }
  };
  const table = tableOf(finite(), inputs);
  return { table, labels: Uint8Array.from(labels) };
};

const subset = ({ values, columns }: Table, labels: Uint8Array, rows: Int32Array): Examples => {
  const chosen = new Float64Array(rows.length * columns);
  rows.forEach((row, n) => {
    chosen.set(values.subarray(row * columns, (row + 1) * columns), n * columns);
  });
  return { values: chosen, rows: rows.length, labels: Uint8Array.from(rows, (row) => labels[row]!) };
};

/** Seven significant digits: what single precision holds. */
const shortened = (numbers: Float64Array): number[] => Array.from(numbers, (x) => Number(x.toPrecision(7)));

const modelOf = (
  { inputs, hidden, parameters }: Network,
  features: readonly string[],
  standardization: Standardization,
): PreferenceModel => {
  const at = layout(inputs, hidden);
  return {
    features: [...features],
    standardization,
    hidden,
    inputWeights: shortened(parameters.subarray(0, at.biases)),
    inputBiases: shortened(parameters.subarray(at.biases, at.output)),
    outputWeights: shortened(parameters.subarray(at.output, at.bias)),
    outputBias: parameters[at.bias]!,
  };
};

const qualityOf = (probabilities: Float64Array, labels: Uint8Array): Quality => ({
  logLoss: logLossOf(probabilities, labels),
  auc: aucOf(probabilities, labels),
});

const logisticQuality = (train: Examples, test: Examples, inputs: number): Quality => {
  const { weights, intercept } = fitWeights({ ...train, terms: inputs }, train.labels, LOGISTIC_PENALTY);
  const probabilities = new Float64Array(test.rows);
  for (let row = 0; row < test.rows; row++) {
    let sum = intercept;
    for (let j = 0; j < inputs; j++) sum += weights[j]! * test.values[row * inputs + j]!;
    probabilities[row] = 1 / (1 + Math.exp(-sum));
  }
  return qualityOf(probabilities, test.labels);
};

/**
 * Learns the probability that a user engages with an item in a context from examples of any numeric features. 70 % of the rows train,
 * 15 % stop the training, 15 % judge it beside a logistic regression and the bare share of positives.
 * @throws RangeError where no row is left for one of the three parts
 */
export const trainPreference = (
  examples: Iterable<PreferenceExample>,
  features: readonly string[],
  options: NetworkOptions,
): { model: PreferenceModel; report: PreferenceReport } => {
  const { table, labels } = collect(examples, features.length);
  const order = shuffled(table.rows, options.seed);
  const validationRows = Math.floor(VALIDATION_SHARE * table.rows);
  const testRows = Math.floor(TEST_SHARE * table.rows);
  if (testRows === 0) throw new RangeError('preference prediction needs more examples');
  const standardization = standardizationOf(table);
  const points = standardized(table, standardization);
  const part = (from: number, to: number): Examples => subset(points, labels, order.subarray(from, to));
  const test = part(0, testRows);
  const train = part(testRows + validationRows, table.rows);
  const { network, epochs } = fitNetwork(
    train,
    part(testRows, testRows + validationRows),
    features.length,
    options,
  );
  const positives = train.labels.reduce((sum, label) => sum + label, 0);
  const rate = new Float64Array(test.rows).fill(positives / train.rows);
  return {
    model: modelOf(network, features, standardization),
    report: {
      samples: table.rows,
      positives: labels.reduce((sum, label) => sum + label, 0),
      skipped: table.skipped,
      network: qualityOf(probabilitiesOf(network, test.values, test.rows), test.labels),
      logistic: logisticQuality(train, test, features.length),
      baseLogLoss: logLossOf(rate, test.labels),
      epochs,
    },
  };
};
