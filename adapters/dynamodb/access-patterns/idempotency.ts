import { ATTEMPT_MS, attemptToItem, IN_PROGRESS, idempotencyKey } from '../entities/idempotency.ts';
import type { Item } from '../keys.ts';
import { getItem } from '../read-items.ts';
import type { IdempotencyKey } from '../store-types.ts';
import { deleteItem, putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const NAMES = { '#status': 'status' };
const OWN = { expression: '#status = :progress AND bodyHash = :hash', names: NAMES };

/** Seconds are too coarse for "expired"; an attempt is given up by its start in ms. */
const FREE = 'attribute_not_exists(PK) OR #ttl <= :seconds OR (#status = :progress AND startedAt <= :dead)';

export const claimRequest = accessPattern(
  {
    name: 'claimRequest',
    question: 'May this request with an idempotency key run now?',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = IDEMPOTENCY#<caller>#<key>, SK = IDEMPOTENCY',
    consistency: '-',
    guard: 'not there, expired, or an attempt of more than a minute ago',
  },
  (call, id: IdempotencyKey, bodyHash: string, now: number): Promise<boolean> =>
    putItem(call, attemptToItem(id, bodyHash, now), {
      expression: FREE,
      names: { ...NAMES, '#ttl': 'ttl' },
      values: { ':seconds': Math.floor(now / 1_000), ':progress': IN_PROGRESS, ':dead': now - ATTEMPT_MS },
    }),
);

export const readRequest = accessPattern(
  {
    name: 'readRequest',
    question: 'What was answered to this idempotency key?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = IDEMPOTENCY#<caller>#<key>, SK = IDEMPOTENCY',
    consistency: 'strong',
    guard: '-',
  },
  (call, id: IdempotencyKey): Promise<Item | undefined> => getItem(call, idempotencyKey(id), true),
);

export const keepAnswer = accessPattern(
  {
    name: 'keepAnswer',
    question: 'Keep the answer to this idempotency key for 24 hours',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = IDEMPOTENCY#<caller>#<key>, SK = IDEMPOTENCY',
    consistency: '-',
    guard: 'an attempt with the same body is in progress',
  },
  (call, item: Item, bodyHash: string): Promise<boolean> =>
    putItem(call, item, { ...OWN, values: { ':progress': IN_PROGRESS, ':hash': bodyHash } }),
);

export const forgetRequest = accessPattern(
  {
    name: 'forgetRequest',
    question: 'Forget a failed attempt, so that it may be repeated',
    operation: 'DeleteItem',
    index: 'table',
    key: 'PK = IDEMPOTENCY#<caller>#<key>, SK = IDEMPOTENCY',
    consistency: '-',
    guard: 'still in progress',
  },
  (call, id: IdempotencyKey): Promise<boolean> =>
    deleteItem(call, idempotencyKey(id), {
      expression: '#status = :progress',
      names: NAMES,
      values: { ':progress': IN_PROGRESS },
    }),
);
