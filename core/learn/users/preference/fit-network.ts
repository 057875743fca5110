import { logLossOf } from '../binary-metrics.ts';
import { shuffled } from '../folds.ts';
import { adamStep, newAdam } from './adam.ts';
import { addGradient, type Examples, layout, type Network, newNetwork, probabilitiesOf } from './network.ts';

export type NetworkOptions = {
  seed: number;
  hidden?: number;
  rate?: number;
  decay?: number;
  batch?: number;
  mostEpochs?: number;
  /** Training ends after so many passes that did not lower the log loss of the validation rows. */
  patience?: number;
};

export type FittedNetwork = { network: Network; epochs: number; validationLogLoss: number };

const DEFAULTS = { hidden: 16, rate: 3e-3, decay: 0.1, batch: 128, mostEpochs: 60, patience: 6 };

/** One pass over the rows in the given order, a step of Adam after every batch. */
const epoch = (
  network: Network,
  examples: Examples,
  order: Int32Array,
  adam: ReturnType<typeof newAdam>,
  batch: number,
): void => {
  const { biases } = layout(network.inputs, network.hidden);
  const gradient = new Float64Array(network.parameters.length);
  const units = new Float64Array(network.hidden);
  for (let from = 0; from < order.length; from += batch) {
    const to = Math.min(order.length, from + batch);
    gradient.fill(0);
    for (let n = from; n < to; n++) addGradient(network, examples, order[n]!, units, gradient);
    for (let i = 0; i < gradient.length; i++) gradient[i]! /= to - from;
    adamStep(adam, network.parameters, gradient, biases);
  }
};

/**
 * Trains by mini-batches until the validation rows get no better, and returns the network of the best pass. `rate` (share of
 * positives) is that of the training rows, so that a network which learns nothing answers with it.
 */
export const fitNetwork = (
  train: Examples,
  validation: Examples,
  inputs: number,
  options: NetworkOptions,
): FittedNetwork => {
  const { hidden, rate, decay, batch, mostEpochs, patience } = { ...DEFAULTS, ...options };
  const positives = train.labels.reduce((sum, label) => sum + label, 0);
  const network = newNetwork(inputs, hidden, (positives + 0.5) / (train.rows + 1), options.seed);
  const adam = newAdam(network.parameters.length, { rate, decay });
  const lossNow = (): number =>
    logLossOf(probabilitiesOf(network, validation.values, validation.rows), validation.labels);
  let best = { parameters: network.parameters.slice(), loss: Number.POSITIVE_INFINITY, epoch: 0 };
  let passes = 0;
  while (passes < mostEpochs && passes - best.epoch < patience) {
    passes += 1;
    epoch(network, train, shuffled(train.rows, options.seed + passes), adam, batch);
    const loss = lossNow();
    if (loss < best.loss) best = { parameters: network.parameters.slice(), loss, epoch: passes };
  }
  return {
    network: { ...network, parameters: best.parameters },
    epochs: best.epoch,
    validationLogLoss: best.loss,
  };
};
