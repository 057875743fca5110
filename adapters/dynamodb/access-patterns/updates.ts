import type { Update } from '../../../core/updates/ports.ts';
import { batchDelete } from '../batches.ts';
import {
  UPDATE_END,
  UPDATES_KEPT_MS,
  updateFromItem,
  updateSortAt,
  updateToItem,
} from '../entities/update.ts';
import { keyOf, userPartition } from '../keys.ts';
import { queryParts } from '../read-items.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const MOST_AT_ONCE = 100;

export const keepUpdate = accessPattern(
  {
    name: 'keepUpdate',
    question: 'Tell this user, for 7 days, that there is something new',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = UPDATE#<ulid>',
    consistency: '-',
    guard: '- (a repeat writes the same)',
  },
  async (call, userId: string, update: Update): Promise<void> => {
    await putItem(call, updateToItem(userId, update));
  },
);

/** An expired update is older than any that is asked for. */
export const readUpdates = accessPattern(
  {
    name: 'readUpdates',
    question: 'What is new for this user since a moment, oldest first?',
    operation: 'Query',
    index: 'table',
    key: 'PK = USER#<userId>, SK > UPDATE#<the moment, 7 days ago at most>, 100 items',
    consistency: 'eventual',
    guard: '-',
  },
  async (call, userId: string, since: number, now: number): Promise<Update[]> => {
    const after = Math.max(since, now - UPDATES_KEPT_MS);
    const values = { ':user': userPartition(userId), ':first': updateSortAt(after + 1), ':last': UPDATE_END };
    const query = { where: 'PK = :user AND SK BETWEEN :first AND :last', values, limit: MOST_AT_ONCE };
    for await (const items of queryParts(call, query)) return items.map(updateFromItem);
    return [];
  },
);

export const dropUpdates = accessPattern(
  {
    name: 'dropUpdates',
    question: 'Delete everything that this user is told of',
    operation: 'Query, then BatchWriteItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK between UPDATE#0 and UPDATE#~',
    consistency: 'strong',
    guard: '-',
  },
  async (call, userId: string): Promise<void> => {
    const where = 'PK = :user AND SK BETWEEN :first AND :last';
    const values = { ':user': userPartition(userId), ':first': updateSortAt(0), ':last': UPDATE_END };
    for await (const part of queryParts(call, { where, values, consistent: true })) {
      await batchDelete(call, part.map(keyOf));
    }
  },
);
