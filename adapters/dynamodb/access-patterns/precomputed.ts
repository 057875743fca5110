import { batchDelete, batchPutStream } from '../batches.ts';
import { homepageKey } from '../entities/homepage.ts';
import { precomputedKey, precomputedToItem } from '../entities/precomputed.ts';
import type { Item } from '../keys.ts';
import type { Precomputed } from '../store-types.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

export type PrecomputedRow = { readonly userId: string; readonly list: Precomputed };

function* precomputedItems(rows: Iterable<PrecomputedRow>): Generator<Item> {
  for (const { userId, list } of rows) yield precomputedToItem(userId, list);
}

export const putPrecomputed = accessPattern(
  {
    name: 'putPrecomputed',
    question: 'Keep the list that was computed for this user',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = PERSONALIZATION#PRECOMPUTED',
    consistency: '-',
    guard: '- (its behaviour seq tells whether it is stale)',
  },
  async (call, userId: string, list: Precomputed): Promise<void> => {
    await putItem(call, precomputedToItem(userId, list));
  },
);

export const publishPrecomputed = accessPattern(
  {
    name: 'publishPrecomputed',
    question: 'Keep the lists that the night computed for these users',
    operation: 'BatchWriteItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = PERSONALIZATION#PRECOMPUTED, 25 per request',
    consistency: '-',
    guard: '- (its behaviour seq tells whether it is stale)',
  },
  (call, rows: Iterable<PrecomputedRow>): Promise<number> => batchPutStream(call, precomputedItems(rows)),
);

export const dropPrecomputed = accessPattern(
  {
    name: 'dropPrecomputed',
    question: 'Forget the list and the homepage of this user',
    operation: 'BatchWriteItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = PERSONALIZATION#PRECOMPUTED and HOMEPAGE',
    consistency: '-',
    guard: '-',
  },
  async (call, userId: string): Promise<void> => {
    await batchDelete(call, [precomputedKey(userId), homepageKey(userId)]);
  },
);
