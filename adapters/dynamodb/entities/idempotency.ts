import { type Item, key, ttlSeconds } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';
import type { IdempotencyKey } from '../store-types.ts';

const KEPT_MS = 24 * 3_600_000;

/** Longer than any request may run: after it, an attempt without an answer is taken for dead. */
export const ATTEMPT_MS = 60_000;

/** Far below the 400 KB of an item. */
export const LARGEST_ANSWER = 300 * 1_024;

export const IN_PROGRESS = 'in progress';
export const COMPLETED = 'completed';

export const idempotencyKey = ({ caller, key: name }: IdempotencyKey) =>
  key(`IDEMPOTENCY#${caller}#${name}`, 'IDEMPOTENCY');

const KIND = { EntityType: 'Idempotency', v: 1 } as const;

/** What an attempt sets; kept for as long as an answer, since its successor goes on from when the first one began. */
export const attemptAttributes = (bodyHash: string, now: number): Item => ({
  ...KIND,
  bodyHash,
  status: IN_PROGRESS,
  startedAt: now,
  ttl: ttlSeconds(now + KEPT_MS),
});

/** Undefined where the answer is too large to be kept. */
export const answerToItem = (
  id: IdempotencyKey,
  bodyHash: string,
  answer: unknown,
  now: number,
): Item | undefined => {
  const body = packJson(answer ?? null);
  if (body.length > LARGEST_ANSWER) return undefined;
  return {
    ...idempotencyKey(id),
    ...KIND,
    bodyHash,
    status: COMPLETED,
    answer: body,
    ttl: ttlSeconds(now + KEPT_MS),
  };
};

export const answerFromItem = (item: Item): unknown => unpackJson(item.answer);
