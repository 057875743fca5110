import type { JournalPage } from '../../../core/journal/ports.ts';
import {
  ACTIVITY_SHARDS,
  activityPartition,
  batchMarkToItem,
  userMarkToItem,
  usersOfMark,
} from '../entities/activity-mark.ts';
import { pageFromItem } from '../entities/page.ts';
import { isLive, userOf } from '../keys.ts';
import { queryItems, scanSegment } from '../read-items.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

export const markUserActive = accessPattern(
  {
    name: 'markUserActive',
    question: 'Note that this user was active in this hour (once per hour and user)',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = ACTIVITY#<hour>#<shard>, SK = <userId>',
    consistency: '-',
    guard: '- (a repeat writes the same)',
  },
  async (call, hour: string, userId: string): Promise<void> => {
    await putItem(call, userMarkToItem(hour, userId));
  },
);

export const markBatchActive = accessPattern(
  {
    name: 'markBatchActive',
    question: 'Note that all users of this message were active in this hour',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = ACTIVITY#<hour>#<shard>, SK = BATCH#<batchId>',
    consistency: '-',
    guard: '- (a repeat writes the same)',
  },
  async (call, hour: string, batchId: string, userIds: readonly string[]): Promise<void> => {
    await putItem(call, batchMarkToItem(hour, batchId, userIds));
  },
);

export const usersActiveInHour = accessPattern(
  {
    name: 'usersActiveInHour',
    question: 'Which users were active in this hour?',
    operation: 'Query',
    index: 'table',
    key: 'PK = ACTIVITY#<hour>#<shard>, for each of 4 shards',
    consistency: 'eventual',
    guard: 'each user once',
  },
  async function* (call, hour: string): AsyncGenerator<string> {
    const given = new Set<string>();
    for (let shard = 0; shard < ACTIVITY_SHARDS; shard += 1) {
      const values = { ':hour': activityPartition(hour, shard) };
      for await (const item of queryItems(call, { where: 'PK = :hour', values })) {
        const users = usersOfMark(item).filter((userId) => !given.has(userId));
        for (const userId of users) given.add(userId);
        yield* users;
      }
    }
  },
);

export const allPages = accessPattern(
  {
    name: 'allPages',
    question: 'Which interactions of all users are stored? (one of several segments; the night only)',
    operation: 'Scan',
    index: 'table',
    key: 'every item; EntityType = Interactions is kept',
    consistency: 'eventual',
    guard: 'expired pages are left out',
  },
  async function* (
    call,
    part: { segment: number; total: number },
    now: number,
  ): AsyncGenerator<{ userId: string; page: JournalPage }> {
    const filter = { expression: 'EntityType = :type', values: { ':type': 'Interactions' } };
    for await (const item of scanSegment(call, part, filter)) {
      if (isLive(item, now)) yield { userId: userOf(item), page: pageFromItem(item) };
    }
  },
);
