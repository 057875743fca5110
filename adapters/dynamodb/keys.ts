import { table } from './table.ts';

/** An item as the program sees it: plain values, binary as Uint8Array. */
export type Item = Record<string, unknown>;

export type Key = { readonly [table.partitionKey]: string; readonly [table.sortKey]: string };

export const key = (partition: string, sort: string): Key => ({
  [table.partitionKey]: partition,
  [table.sortKey]: sort,
});

/** The key of an item that was read. */
export const keyOf = (item: Item): Key => key(String(item[table.partitionKey]), String(item[table.sortKey]));

export const userPartition = (userId: string): string => `USER#${userId}`;

/** The user of a key below `userPartition`. */
export const userOf = (item: Item): string => String(item[table.partitionKey]).slice('USER#'.length);

export const itemPartition = (itemId: string): string => `ITEM#${itemId}`;

/** The catalogue item of a key below `itemPartition`. */
export const itemIdOf = (item: Item): string => String(item[table.partitionKey]).slice('ITEM#'.length);

/** Everything about a person starts with this sort key; one Query brings it. */
export const PERSONALIZATION = 'PERSONALIZATION';

export const SETTINGS = 'SETTINGS';

/** Model cards, and the versions that can be put back in service. */
export const MODELS = 'MODELS';

/** What the last aggregation of all users left. */
export const ANALYTICS = 'ANALYTICS';

/** Seconds since the epoch, as DynamoDB's time to live wants them. */
export const ttlSeconds = (expiresAt: number): number => Math.ceil(expiresAt / 1_000);

/** DynamoDB deletes expired items days late: they count as gone from their time on. `now` in ms. */
export const isLive = (item: Item, now: number): boolean => {
  const expires = item[table.timeToLive];
  return typeof expires !== 'number' || expires * 1_000 > now;
};
