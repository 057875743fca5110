import { nameHash } from '../../../core/profile/fold/name-hash.ts';
import { type Key, key, ttlSeconds, userPartition } from '../keys.ts';

const BUDGET_SORT = 'INSIGHTS#BUDGET';

/** Every text takes from the budget of the stack: each shard is a quarter of it, and has its own partition. */
export const BUDGET_SHARDS = 4;

const KEPT_MS = 3 * 24 * 3_600_000;

const shardOf = (userId: string): number => nameHash(userId) % BUDGET_SHARDS;

/** The tokens that a user took on a day (`2026-11-21`). */
export const userBudgetKey = (userId: string, day: string): Key =>
  key(userPartition(userId), `${BUDGET_SORT}#${day}`);

/** The tokens that the users of a shard took on a day. */
export const stackBudgetKey = (userId: string, day: string): Key =>
  key(`BUDGET#${day}#${shardOf(userId)}`, BUDGET_SORT);

export const budgetTtl = (day: string): number => ttlSeconds(Date.parse(`${day}T00:00:00Z`) + KEPT_MS);
