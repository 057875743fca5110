import type { Change } from '../../definitions/types.ts';
import type { Rule, RuleBody } from '../types.ts';

const iso = (time: number): string => new Date(time).toISOString();

/** A rule in force, in the contract's words. */
export const ruleAnswer = ({ id, body, version, createdAt, changedAt, changedBy }: Rule) => ({
  ruleId: id,
  ...body,
  contexts: [...body.contexts],
  version,
  createdAt: iso(createdAt),
  updatedAt: iso(changedAt),
  changedBy,
});

/** One version of a rule, in the contract's words. */
export const ruleVersionAnswer = (change: Change<RuleBody>) => ({
  ruleId: change.id,
  version: change.version,
  action: change.action,
  changedAt: iso(change.changedAt),
  changedBy: change.changedBy,
  reason: change.reason,
  rule: change.body && { ...change.body, contexts: [...change.body.contexts] },
});
