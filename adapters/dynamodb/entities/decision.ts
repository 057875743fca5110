import { type Item, key, ttlSeconds, userOf, userPartition } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';
import type { Decision } from '../store-types.ts';

const KEPT_MS = 30 * 24 * 3_600_000;

export const DECISION_SORT = 'DECISION#';

export const decisionKey = (userId: string, decisionId: string) =>
  key(userPartition(userId), `${DECISION_SORT}${decisionId}`);

export const decisionToItem = (decision: Decision): Item => ({
  ...decisionKey(decision.userId, decision.decisionId),
  EntityType: 'Decision',
  v: 1,
  decidedAt: decision.decidedAt,
  ttl: ttlSeconds(decision.decidedAt + KEPT_MS),
  body: packJson(decision.body),
});

export const decisionFromItem = (item: Item): Decision => ({
  userId: userOf(item),
  decisionId: String(item.SK).slice(DECISION_SORT.length),
  decidedAt: Number(item.decidedAt),
  body: unpackJson(item.body),
});
