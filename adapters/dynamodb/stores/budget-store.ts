import type { BudgetStore, Budgets } from '../../../core/insights/ports.ts';
import {
  correctStackBudget,
  correctUserBudget,
  takeFromStackBudget,
  takeFromUserBudget,
} from '../access-patterns/insight-budget.ts';
import type { Database } from '../database.ts';
import { BUDGET_SHARDS } from '../entities/insight-budget.ts';

const assertTokens = (tokens: number): void => {
  if (!Number.isSafeInteger(tokens) || tokens < 1)
    throw new RangeError(`tokens must be a whole number above 0, not ${tokens}`);
};

const reserve = async (
  database: Database,
  userId: string,
  day: string,
  tokens: number,
  { userTokens, stackTokens }: Budgets,
) => {
  assertTokens(tokens);
  const ofShard = Math.floor(stackTokens / BUDGET_SHARDS);
  if (tokens > userTokens) return 'budget of the user';
  if (tokens > ofShard) return 'budget of the stack';
  if (!(await takeFromUserBudget(database, userId, day, { tokens, most: userTokens })))
    return 'budget of the user';
  if (await takeFromStackBudget(database, userId, day, { tokens, most: ofShard })) return 'granted';
  await correctUserBudget(database, userId, day, -tokens);
  return 'budget of the stack';
};

/**
 * Tokens that models may cost in a day. The stack's budget is kept in four shards, each a quarter of it: a user belongs to one of them, and
 * where the users of a shard took their quarter, they wait for the next day. Side by side, never more is taken than there is; a write that the
 * client sends twice after a lost answer takes twice, and never too little.
 */
export const budgetStore = (database: Database): BudgetStore => ({
  reserve: (userId, day, tokens, budgets) => reserve(database, userId, day, tokens, budgets),
  settle: async (userId, day, difference) => {
    if (difference === 0) return;
    await Promise.all([
      correctUserBudget(database, userId, day, difference),
      correctStackBudget(database, userId, day, difference),
    ]);
  },
});
