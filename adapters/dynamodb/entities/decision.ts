import { DECISION_DICTIONARY } from '../dictionaries.ts';
import { itemBytes, WRITE_UNIT_BYTES } from '../item-size.ts';
import { type Item, key, ttlSeconds, userOf, userPartition } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';
import type { Decision, Shorten } from '../store-types.ts';

/** How long a trace is kept. */
export const KEPT_MS = 30 * 24 * 3_600_000;

export const DECISION_SORT = 'DECISION#';

export const decisionKey = (userId: string, decisionId: string) =>
  key(userPartition(userId), `${DECISION_SORT}${decisionId}`);

const itemOf = (decision: Decision): Item => ({
  ...decisionKey(decision.userId, decision.decisionId),
  EntityType: 'Decision',
  v: 2,
  decidedAt: decision.decidedAt,
  ttl: ttlSeconds(decision.decidedAt + KEPT_MS),
  body: packJson(decision.body, DECISION_DICTIONARY),
});

/** The item of a decision, its trace shortened until one write unit pays for it. */
export const decisionToItem = <Body>(decision: Decision<Body>, shorten: Shorten<Body>): Item => {
  const item = itemOf(decision);
  const body = itemBytes(item) > WRITE_UNIT_BYTES ? shorten(decision.body) : undefined;
  return body === undefined ? item : decisionToItem({ ...decision, body }, shorten);
};

/** Traces of version 1 were packed without a dictionary. */
export const decisionFromItem = (item: Item): Decision => ({
  userId: userOf(item),
  decisionId: String(item.SK).slice(DECISION_SORT.length),
  decidedAt: Number(item.decidedAt),
  body: unpackJson(item.body, item.v === 1 ? undefined : DECISION_DICTIONARY),
});
