import type { Call } from '../call.ts';
import { budgetTtl, stackBudgetKey, userBudgetKey } from '../entities/insight-budget.ts';
import type { Key } from '../keys.ts';
import { updateItemIf } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const USER_KEY = 'PK = USER#<userId>, SK = INSIGHTS#BUDGET#<day>';
const STACK_KEY = 'PK = BUDGET#<day>#<shard of the user>, SK = INSIGHTS#BUDGET';

const TAKE = 'SET EntityType = :type, v = :v, #ttl = :ttl ADD #tokens :tokens';

const take = (call: Call, key: Key, day: string, { tokens, most }: Wanted): Promise<boolean> =>
  updateItemIf(call, key, TAKE, {
    expression: 'attribute_not_exists(#tokens) OR #tokens <= :room',
    names: { '#tokens': 'tokens', '#ttl': 'ttl' },
    values: {
      ':type': 'TokenBudget',
      ':v': 1,
      ':ttl': budgetTtl(day),
      ':tokens': tokens,
      ':room': most - tokens,
    },
  });

const correct = async (call: Call, key: Key, difference: number): Promise<void> => {
  await updateItemIf(call, key, 'ADD #tokens :difference', {
    expression: 'attribute_exists(PK)',
    names: { '#tokens': 'tokens' },
    values: { ':difference': difference },
  });
};

/** Tokens to take, and the most that may be taken in a day. */
type Wanted = { readonly tokens: number; readonly most: number };

export const takeFromUserBudget = accessPattern(
  {
    name: 'takeFromUserBudget',
    question: 'May a model spend so many tokens for this user today? Then they are taken',
    operation: 'UpdateItem',
    index: 'table',
    key: USER_KEY,
    consistency: '-',
    guard: 'not more than the budget of a day, with what was taken before',
  },
  (call, userId: string, day: string, wanted: Wanted): Promise<boolean> =>
    take(call, userBudgetKey(userId, day), day, wanted),
);

export const takeFromStackBudget = accessPattern(
  {
    name: 'takeFromStackBudget',
    question: 'May models spend so many tokens in this shard of the users today? Then they are taken',
    operation: 'UpdateItem',
    index: 'table',
    key: STACK_KEY,
    consistency: '-',
    guard: 'not more than a quarter of the budget of a day, with what was taken before',
  },
  (call, userId: string, day: string, wanted: Wanted): Promise<boolean> =>
    take(call, stackBudgetKey(userId, day), day, wanted),
);

export const correctUserBudget = accessPattern(
  {
    name: 'correctUserBudget',
    question: 'Correct the tokens that were taken from the budget of the user to those that were spent',
    operation: 'UpdateItem',
    index: 'table',
    key: USER_KEY,
    consistency: '-',
    guard: 'something was taken on that day',
  },
  (call, userId: string, day: string, difference: number): Promise<void> =>
    correct(call, userBudgetKey(userId, day), difference),
);

export const correctStackBudget = accessPattern(
  {
    name: 'correctStackBudget',
    question: 'Correct the tokens that were taken from the budget of the stack to those that were spent',
    operation: 'UpdateItem',
    index: 'table',
    key: STACK_KEY,
    consistency: '-',
    guard: 'something was taken on that day',
  },
  (call, userId: string, day: string, difference: number): Promise<void> =>
    correct(call, stackBudgetKey(userId, day), difference),
);
