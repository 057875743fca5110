import { seededRandom } from '../../../numbers/seeded-random.ts';

/**
 * A network of one hidden layer of tanh units and one sigmoid output. Parameters in one array: weights (hidden x inputs,
 * row-major), hidden biases, output weights, output bias.
 */
export type Network = { inputs: number; hidden: number; parameters: Float64Array };

/** Rows of standardised inputs with their outcomes (0 or 1). */
export type Examples = { values: Float64Array; rows: number; labels: Uint8Array };

/** Where hidden biases, output weights and output bias begin. */
export const layout = (inputs: number, hidden: number) => {
  const biases = inputs * hidden;
  return { biases, output: biases + hidden, bias: biases + 2 * hidden, size: biases + 2 * hidden + 1 };
};

const MOST_LOG_ODDS = 30;

/** Log-odds from which a sigmoid gives a probability that is neither 0 nor 1. */
const bounded = (x: number): number => Math.max(-MOST_LOG_ODDS, Math.min(MOST_LOG_ODDS, x));

/** Small random weights by the width of the layer (Glorot and Bengio 2010), the output bias at the log-odds of `rate`. */
export const newNetwork = (inputs: number, hidden: number, rate: number, seed: number): Network => {
  const at = layout(inputs, hidden);
  const random = seededRandom(seed);
  const parameters = new Float64Array(at.size);
  const limit = Math.sqrt(6 / (inputs + hidden));
  for (let i = 0; i < at.biases; i++) parameters[i] = (2 * random() - 1) * limit;
  for (let i = at.output; i < at.bias; i++) parameters[i] = (2 * random() - 1) * Math.sqrt(6 / (hidden + 1));
  parameters[at.bias] = bounded(Math.log(rate / (1 - rate)));
  return { inputs, hidden, parameters };
};

/** Log-odds of the inputs that begin at `from`; the hidden units' outputs go to `units`. */
export const forward = (
  { inputs, hidden, parameters }: Network,
  values: ArrayLike<number>,
  from: number,
  units: Float64Array,
): number => {
  const biases = inputs * hidden;
  const output = biases + hidden;
  let logOdds = parameters[output + hidden]!;
  for (let k = 0; k < hidden; k++) {
    let sum = parameters[biases + k]!;
    const row = k * inputs;
    for (let j = 0; j < inputs; j++) sum += parameters[row + j]! * values[from + j]!;
    const unit = Math.tanh(sum);
    units[k] = unit;
    logOdds += parameters[output + k]! * unit;
  }
  return bounded(logOdds);
};

/** Adds the gradient of one example's log loss to `gradient` (back-propagation) and returns that loss. */
export const addGradient = (
  network: Network,
  { values, labels }: Examples,
  row: number,
  units: Float64Array,
  gradient: Float64Array,
): number => {
  const { inputs, hidden, parameters } = network;
  const from = row * inputs;
  const biases = inputs * hidden;
  const output = biases + hidden;
  const logOdds = forward(network, values, from, units);
  const label = labels[row]!;
  const error = 1 / (1 + Math.exp(-logOdds)) - label;
  gradient[output + hidden]! += error;
  for (let k = 0; k < hidden; k++) {
    const unit = units[k]!;
    gradient[output + k]! += error * unit;
    const back = error * parameters[output + k]! * (1 - unit * unit);
    gradient[biases + k]! += back;
    const at = k * inputs;
    for (let j = 0; j < inputs; j++) gradient[at + j]! += back * values[from + j]!;
  }
  return (
    Math.log1p(Math.exp(-Math.abs(logOdds))) + (label === 1 ? Math.max(0, -logOdds) : Math.max(0, logOdds))
  );
};

/** The probability of every row. */
export const probabilitiesOf = (network: Network, values: Float64Array, rows: number): Float64Array => {
  const units = new Float64Array(network.hidden);
  const out = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    out[row] = 1 / (1 + Math.exp(-forward(network, values, row * network.inputs, units)));
  return out;
};
