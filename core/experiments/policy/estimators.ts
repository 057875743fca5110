import { cellOf, importanceWeights } from './importance-weights.ts';
import type { RewardModel } from './reward-model.ts';
import type { ActionTable, DecisionLog, PolicyEstimate } from './types.ts';

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sums of a value per row over propensity, by cell: what a probability is multiplied by. */
const perCell = (log: DecisionLog, ofRow: (row: number) => number): ActionTable => {
  const table = new Float64Array(log.contextCount * log.actionCount);
  log.propensities.forEach((propensity, row) => {
    table[cellOf(log, row)]! += ofRow(row) / propensity;
  });
  return table;
};

/**
 * Inverse propensity scoring: the mean of weight times reward (Horvitz & Thompson 1952, JASA 47, 663-685). Unbiased where the logging
 * policy takes every action that the evaluated one takes.
 */
export const inversePropensity = (log: DecisionLog, probabilities: ActionTable): PolicyEstimate => {
  const terms = importanceWeights(log, probabilities).map((weight, row) => weight * log.rewards[row]!);
  const value = meanOf(terms);
  const rows = log.rewards.length;
  return {
    value,
    influence: terms.map((term) => term - value),
    gradient: perCell(log, (row) => log.rewards[row]!).map((sum) => sum / rows),
  };
};

/**
 * Self-normalised IPS: the sum of weight times reward over the sum of weights (Swaminathan & Joachims 2015, NIPS 28); no larger than the
 * largest reward, slightly biased. Its influence values are those of a ratio (delta method; Owen, Monte Carlo theory, 9.2). Where no row
 * has any weight the value is NaN.
 */
export const selfNormalised = (log: DecisionLog, probabilities: ActionTable): PolicyEstimate => {
  const weights = importanceWeights(log, probabilities);
  const rows = log.rewards.length;
  const meanWeight = meanOf(weights);
  const value = meanOf(weights.map((weight, row) => weight * log.rewards[row]!)) / meanWeight;
  return {
    value,
    influence: weights.map((weight, row) => (weight * (log.rewards[row]! - value)) / meanWeight),
    gradient: perCell(log, (row) => log.rewards[row]! - value).map((sum) => sum / (rows * meanWeight)),
  };
};

/** What a model expects of the policy in every context. */
const expectedByContext = (log: DecisionLog, model: ActionTable, probabilities: ActionTable): Float64Array =>
  new Float64Array(log.contextCount).map((_, context) => {
    let sum = 0;
    for (let action = 0; action < log.actionCount; action += 1) {
      const cell = context * log.actionCount + action;
      sum += probabilities[cell]! * model[cell]!;
    }
    return sum;
  });

/**
 * Doubly robust: what a model of the reward expects of the policy, plus the weighted error of the model on the rows (Dudik,
 * Langford & Li 2011, ICML, arXiv 1103.4601). Right where either the propensities or the model are. Every row is asked of a model
 * that did not learn from it (cross-fitting; Chernozhukov et al. 2018, Econometrics Journal 21), so the model adds no bias.
 */
export const doublyRobust = (
  log: DecisionLog,
  probabilities: ActionTable,
  { modelOf }: RewardModel,
): PolicyEstimate => {
  const weights = importanceWeights(log, probabilities);
  const rows = log.rewards.length;
  const expected = new Map<ActionTable, Float64Array>();
  const terms = weights.map((weight, row) => {
    const model = modelOf(row);
    const known = expected.get(model) ?? expectedByContext(log, model, probabilities);
    expected.set(model, known);
    return known[log.contexts[row]!]! + weight * (log.rewards[row]! - model[cellOf(log, row)]!);
  });
  const value = meanOf(terms);
  const gradient = perCell(log, (row) => log.rewards[row]! - modelOf(row)[cellOf(log, row)]!);
  addModels(log, modelOf, gradient);
  return {
    value,
    influence: terms.map((term) => term - value),
    gradient: gradient.map((sum) => sum / rows),
  };
};

/** Adds every row's model of every action in the row's context. */
const addModels = (log: DecisionLog, modelOf: RewardModel['modelOf'], table: ActionTable): void => {
  const { contexts, actionCount } = log;
  contexts.forEach((context, row) => {
    const model = modelOf(row);
    for (let cell = context * actionCount; cell < (context + 1) * actionCount; cell += 1) {
      table[cell]! += model[cell]!;
    }
  });
};
