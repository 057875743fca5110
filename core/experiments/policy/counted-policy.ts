import { cellOf } from './importance-weights.ts';
import type { DecisionLog, EvaluatedPolicy } from './types.ts';

/**
 * The policy that made a log, as far as it depends on the context only: the share of every action among the context's rows. Logged
 * propensities are not averaged for it: they are of the actions that were taken, so likely ones would count twice. A context
 * without rows has no probabilities.
 */
export const countedPolicy = (
  log: Pick<DecisionLog, 'contexts' | 'actions' | 'contextCount' | 'actionCount'>,
) => {
  const countedFrom = new Float64Array(log.contextCount);
  const probabilities = new Float64Array(log.contextCount * log.actionCount);
  log.contexts.forEach((context, row) => {
    countedFrom[context]! += 1;
    probabilities[cellOf(log, row)]! += 1;
  });
  probabilities.forEach((count, cell) => {
    const rows = countedFrom[Math.floor(cell / log.actionCount)]!;
    probabilities[cell] = rows === 0 ? 0 : count / rows;
  });
  return { probabilities, countedFrom } satisfies EvaluatedPolicy;
};
