import { type Item, key, PERSONALIZATION, ttlSeconds, userPartition } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';
import type { Precomputed } from '../store-types.ts';

export const PRECOMPUTED_SORT = `${PERSONALIZATION}#PRECOMPUTED`;

/** Two nights that fail leave the list in service; after that it is better to compute. */
const KEPT_MS = 3 * 24 * 3_600_000;

export const precomputedKey = (userId: string) => key(userPartition(userId), PRECOMPUTED_SORT);

export const precomputedToItem = (userId: string, list: Precomputed): Item => ({
  ...precomputedKey(userId),
  EntityType: 'Precomputed',
  v: 1,
  modelVersion: list.modelVersion,
  behaviourSeq: list.behaviourSeq,
  computedAt: list.computedAt,
  ttl: ttlSeconds(list.computedAt + KEPT_MS),
  body: packJson(list.entries),
});

export const precomputedFromItem = (item: Item): Precomputed => ({
  modelVersion: Number(item.modelVersion),
  behaviourSeq: Number(item.behaviourSeq),
  computedAt: Number(item.computedAt),
  entries: unpackJson<unknown[]>(item.body),
});
