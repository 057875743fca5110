import type { Rule } from '../types.ts';

/** The place of a rule in the order in which rules win; stays the same when others come and go. */
export type RulePosition = { readonly priority: number; readonly createdAt: number; readonly id: string };

export const positionOf = ({ id, createdAt, body }: Rule): RulePosition => ({
  priority: body.priority,
  createdAt,
  id,
});

/** The higher priority first, of two as high the older; ids decide between two of the same millisecond. */
export const byPrecedence = (a: RulePosition, b: RulePosition): number =>
  b.priority - a.priority || a.createdAt - b.createdAt || (a.id === b.id ? 0 : a.id < b.id ? -1 : 1);
