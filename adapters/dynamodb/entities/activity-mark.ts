import { factHash } from '../../../core/journal/fact-hash.ts';
import { type Item, key, ttlSeconds } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

/** Everyone active in an hour writes below these partitions: 4 take 4,000 writes a second. */
export const ACTIVITY_SHARDS = 4;

const KEPT_MS = 40 * 24 * 3_600_000;
const BATCH = 'BATCH#';

export const activityPartition = (hour: string, shard: number): string => `ACTIVITY#${hour}#${shard}`;

const shardOf = (name: string): number => factHash('id', name) % ACTIVITY_SHARDS;

const markItem = (hour: string, name: string, sort: string): Item => ({
  ...key(activityPartition(hour, shardOf(name)), sort),
  EntityType: 'Activity',
  v: 1,
  ttl: ttlSeconds(Date.parse(`${hour}:00:00Z`) + KEPT_MS),
});

/** User ids hold no `#`, so a user cannot be taken for a batch. */
export const userMarkToItem = (hour: string, userId: string): Item => markItem(hour, userId, userId);

export const batchMarkToItem = (hour: string, batchId: string, userIds: readonly string[]): Item => ({
  ...markItem(hour, batchId, `${BATCH}${batchId}`),
  users: packJson(userIds),
});

export const usersOfMark = (item: Item): string[] =>
  String(item.SK).startsWith(BATCH) ? unpackJson<string[]>(item.users) : [String(item.SK)];
