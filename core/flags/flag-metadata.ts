import type { ValueReason } from '../config/types.ts';
import type { FlagMetadata } from './types.ts';

const LONGEST_TEXT = 500;

const NAME_OF_BY: Readonly<Record<string, string>> = { rule: 'ruleId', experiment: 'experimentKey' };

/**
 * What travels with a flag: the decision it belongs to (name it in later interactions), what set the value (`from`),
 * the rule or experiment, and why in words.
 */
export const flagMetadata = (decisionId: string, { source, by, reason }: ValueReason): FlagMetadata => {
  const named = NAME_OF_BY[source];
  return {
    decisionId,
    from: source,
    reason: reason.slice(0, LONGEST_TEXT),
    ...(named && by ? { [named]: by } : {}),
  };
};
