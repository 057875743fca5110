import { ATTEMPT_MS, attemptAttributes, IN_PROGRESS, idempotencyKey } from '../entities/idempotency.ts';
import type { Item } from '../keys.ts';
import { getItem } from '../read-items.ts';
import type { IdempotencyKey } from '../store-types.ts';
import { deleteItem, putItem, updatedItemIf, updateItemIf } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const NAMES = { '#status': 'status' };
const OWN = { expression: '#status = :progress AND bodyHash = :hash', names: NAMES };

const STILL = { expression: '#status = :progress', names: NAMES, values: { ':progress': IN_PROGRESS } };

/** Seconds are too coarse for "expired"; an attempt is given up by its start in ms. */
const FREE = 'attribute_not_exists(PK) OR #ttl <= :seconds OR (#status = :status AND startedAt <= :dead)';

export const claimRequest = accessPattern(
  {
    name: 'claimRequest',
    question: 'May this request with an idempotency key run now?',
    operation: 'UpdateItem',
    index: 'table',
    key: 'PK = IDEMPOTENCY#<caller>#<key>, SK = IDEMPOTENCY',
    consistency: '-',
    guard: 'not there, expired, or an attempt of more than a minute ago',
  },
  /** When the first attempt began (ms): now, unless one that died is there. */
  async (call, id: IdempotencyKey, bodyHash: string, now: number): Promise<number | undefined> => {
    const attributes = Object.entries(attemptAttributes(bodyHash, now));
    const sets = attributes.map(([name]) => `#${name} = :${name}`).join(', ');
    const claimed = await updatedItemIf(
      call,
      idempotencyKey(id),
      `SET ${sets}, firstAt = if_not_exists(firstAt, :startedAt) REMOVE answer`,
      {
        expression: FREE,
        names: Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])),
        values: {
          ...Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value])),
          ':seconds': Math.floor(now / 1_000),
          ':dead': now - ATTEMPT_MS,
        },
      },
    );
    return claimed && Number(claimed.firstAt);
  },
);

export const giveUpRequest = accessPattern(
  {
    name: 'giveUpRequest',
    question: 'Let an attempt that broke off be taken up again at once',
    operation: 'UpdateItem',
    index: 'table',
    key: 'PK = IDEMPOTENCY#<caller>#<key>, SK = IDEMPOTENCY',
    consistency: '-',
    guard: 'still in progress',
  },
  (call, id: IdempotencyKey): Promise<boolean> =>
    updateItemIf(call, idempotencyKey(id), 'SET startedAt = :dead', {
      ...STILL,
      values: { ...STILL.values, ':dead': 0 },
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
  (call, id: IdempotencyKey): Promise<boolean> => deleteItem(call, idempotencyKey(id), STILL),
);
