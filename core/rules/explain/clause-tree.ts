import { operationOf } from '../conditions/operators.ts';
import type { Json } from '../types.ts';

/** A condition as its leaves under "all of" and "any of"; a negation is pushed down to the leaves (De Morgan). */
export type ClauseTree =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly ClauseTree[] }
  | { readonly kind: 'leaf'; readonly logic: Json; readonly negated: boolean };

const group = (operator: string, negated: boolean): 'all' | 'any' =>
  (operator === 'and') === negated ? 'any' : 'all';

const treeOf = (logic: Json, negated: boolean): ClauseTree => {
  const operation = operationOf(logic);
  if (operation === undefined) return { kind: 'leaf', logic, negated };
  const { operator, args } = operation as { operator: string; args: readonly Json[] };
  if (operator === '!') return treeOf(args[0]!, !negated);
  if (operator === '!!') return treeOf(args[0]!, negated);
  if (operator !== 'and' && operator !== 'or') return { kind: 'leaf', logic, negated };
  return { kind: group(operator, negated), parts: args.map((arg) => treeOf(arg, negated)) };
};

/** The tree of a checked condition; its leaves are what is neither `and`, `or` nor a negation. */
export const clauseTreeOf = (condition: Json): ClauseTree => treeOf(condition, false);
