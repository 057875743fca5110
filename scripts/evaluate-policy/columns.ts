import { countedPolicy } from '../../core/experiments/policy/counted-policy.ts';
import type { DecisionLog, EvaluatedPolicy } from '../../core/experiments/policy/types.ts';
import { BadInput } from '../evaluate/bad-input.ts';
import type { LogNames, LogRows } from './read-log.ts';
import type { StatedPolicy } from './stated-policy.ts';

/** Rows as columns, once all names are known. Without propensities (a log that a policy is counted from) they are 1. */
export const decisionLog = (rows: LogRows, names: LogNames): DecisionLog => ({
  contexts: Int32Array.from(rows.contexts),
  actions: Int32Array.from(rows.actions),
  rewards: Float64Array.from(rows.rewards),
  propensities:
    rows.propensities.length > 0
      ? Float64Array.from(rows.propensities)
      : new Float64Array(rows.actions.length).fill(1),
  contextCount: names.positions.list.length,
  actionCount: names.actions.list.length,
});

/** Positions of the log, which come first among the names: those that only the policy has do not matter. */
const assertPositions = (
  file: string,
  positions: readonly string[],
  has: (position: string, context: number) => boolean,
): void => {
  const missing = positions.find((position, context) => !has(position, context));
  if (missing !== undefined) {
    throw new BadInput(`${file} has no probabilities for position ${JSON.stringify(missing)} of the log`);
  }
};

/** Numbers the actions that only the policy has: before the log becomes columns. */
export const nameActions = (stated: StatedPolicy, { actions }: LogNames): void => {
  const all = 'actions' in stated ? [stated.actions] : [...stated.positions.values()];
  for (const one of all) for (const action of one.keys()) actions.numberOf(action);
};

/** @throws BadInput where a position of the log has no probabilities */
export const policyOfStated = (
  stated: StatedPolicy,
  { names, positioned, file }: { names: LogNames; positioned: boolean; file: string },
): EvaluatedPolicy => {
  const { actions, positions } = names;
  if ('positions' in stated) {
    if (!positioned)
      throw new BadInput(`${file} has positions, the log has none: name the column by --position`);
    assertPositions(file, positions.list, (position) => stated.positions.has(position));
  }
  const probabilities = new Float64Array(positions.list.length * actions.list.length);
  positions.list.forEach((position, context) => {
    const one = 'actions' in stated ? stated.actions : stated.positions.get(position)!;
    for (const [action, probability] of one) {
      probabilities[context * actions.list.length + actions.numberOf(action)] = probability;
    }
  });
  return { probabilities };
};

/** @throws BadInput where a position of the log has no rows in the policy's */
export const policyOfLog = (
  own: DecisionLog,
  { logPositions, file }: { logPositions: readonly string[]; file: string },
): EvaluatedPolicy => {
  const counted = countedPolicy(own);
  assertPositions(file, logPositions, (_, context) => counted.countedFrom[context]! > 0);
  return counted;
};
