import type { ActionTable, DecisionLog } from './types.ts';

/** Where a row's action stands in a table. */
export const cellOf = (log: Pick<DecisionLog, 'contexts' | 'actions' | 'actionCount'>, row: number): number =>
  log.contexts[row]! * log.actionCount + log.actions[row]!;

/** How much likelier the evaluated policy takes every row's action than the logging one: probability / propensity. */
export const importanceWeights = (log: DecisionLog, probabilities: ActionTable): Float64Array =>
  log.propensities.map((propensity, row) => probabilities[cellOf(log, row)]! / propensity);
