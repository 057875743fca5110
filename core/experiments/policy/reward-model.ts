import { cellOf } from './importance-weights.ts';
import type { ActionTable, DecisionLog } from './types.ts';

/** Expected rewards of every action in every context, by row: each row's model did not see that row. */
export type RewardModel = { readonly modelOf: (row: number) => ActionTable };

export const FOLDS = 5;

/** Sums over rows, by group. */
type Sums = { readonly count: Float64Array; readonly sum: Float64Array };

const LEAST_STRENGTH = 1;
const MOST_STRENGTH = 1e9;

const sumsOf = (groups: number): Sums => ({ count: new Float64Array(groups), sum: new Float64Array(groups) });

/**
 * Rows that a group's own mean weighs as much as the mean of all: variance within over variance between the groups, by the method of
 * moments (Buhlmann & Straub's credibility; Efron & Morris 1975, JASA 70, 311-319). Large where groups hardly differ.
 */
const shrinkage = ({ count, sum }: Sums, within: number): number => {
  const rows = count.reduce((all, part) => all + part, 0);
  const mean = sum.reduce((all, part) => all + part, 0) / rows;
  const seen = count.filter((part) => part > 0).length;
  let spread = 0;
  let squares = 0;
  count.forEach((part, group) => {
    if (part > 0) spread += part * (sum[group]! / part - mean) ** 2;
    squares += part * part;
  });
  const between = (spread - (seen - 1) * within) / (rows - squares / rows);
  return between > 0 ? Math.min(MOST_STRENGTH, Math.max(LEAST_STRENGTH, within / between)) : MOST_STRENGTH;
};

/** Means of groups, drawn towards what is expected of each before it was seen. */
const shrunk = ({ count, sum }: Sums, strength: number, expected: (group: number) => number): Float64Array =>
  sum.map((part, group) => (part + strength * expected(group)) / (count[group]! + strength));

type Fold = { readonly cells: Sums; readonly actions: Sums; squares: number; rows: number; sum: number };

const addRow = (fold: Fold, log: DecisionLog, row: number): void => {
  const reward = log.rewards[row]!;
  const cell = cellOf(log, row);
  const action = log.actions[row]!;
  fold.cells.count[cell]! += 1;
  fold.cells.sum[cell]! += reward;
  fold.actions.count[action]! += 1;
  fold.actions.sum[action]! += reward;
  fold.rows += 1;
  fold.sum += reward;
  fold.squares += reward * reward;
};

/** The mean of all, then of each action drawn towards it, then of each action in each context drawn towards the action's. */
const fitted = ({ cells, actions, squares, rows, sum }: Fold, actionCount: number): ActionTable => {
  const mean = rows === 0 ? 0 : sum / rows;
  const within = rows < 2 ? 0 : Math.max(0, squares / rows - mean * mean);
  if (within === 0) return cells.sum.map(() => mean);
  const ofAction = shrunk(actions, shrinkage(actions, within), () => mean);
  return shrunk(cells, shrinkage(cells, within), (cell) => ofAction[cell % actionCount]!);
};

/**
 * The reward of every action in every context as its mean with shrinkage, cross-fitted: row i is asked of the model that was
 * fitted without the rows of its fold, i modulo the folds. No randomness: the same log gives the same models.
 */
export const rewardModel = (log: DecisionLog, folds = FOLDS): RewardModel => {
  const { actionCount, contextCount } = log;
  const models = Array.from({ length: folds }, (_, held) => {
    const fold: Fold = {
      cells: sumsOf(contextCount * actionCount),
      actions: sumsOf(actionCount),
      squares: 0,
      rows: 0,
      sum: 0,
    };
    for (let row = 0; row < log.rewards.length; row += 1) if (row % folds !== held) addRow(fold, log, row);
    return fitted(fold, actionCount);
  });
  return { modelOf: (row) => models[row % folds]! };
};
