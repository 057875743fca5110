import type { OutcomeRow } from '../../../core/experiments/outcomes/types.ts';
import { outcomeFromItem, outcomeKey, outcomePartition, outcomeToItem } from '../entities/outcome.ts';
import { isLive } from '../keys.ts';
import { getItem, queryItems } from '../read-items.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const KEY = 'PK = EXPERIMENT#<line>#<shard of the user>, SK = USER#<userId>';

/** About 300 bytes each: 100 KB per request while a job walks on. */
const ROWS_PER_REQUEST = 400;

export const placeOutcome = accessPattern(
  {
    name: 'placeOutcome',
    question: 'Count this user as exposed to an arm, if nothing says so yet',
    operation: 'PutItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: 'no such row, or an expired one',
  },
  (call, row: OutcomeRow, now: number): Promise<boolean> =>
    putItem(call, outcomeToItem(row), {
      expression: 'attribute_not_exists(PK) OR #ttl <= :seconds',
      names: { '#ttl': 'ttl' },
      values: { ':seconds': Math.floor(now / 1_000) },
    }),
);

export const readOutcome = accessPattern(
  {
    name: 'readOutcome',
    question: 'Which arm is this user counted for, with which conversions?',
    operation: 'GetItem',
    index: 'table',
    key: KEY,
    consistency: 'strong',
    guard: 'an expired row is left out',
  },
  async (call, line: string, userId: string, now: number): Promise<OutcomeRow | undefined> => {
    const item = await getItem(call, outcomeKey(line, userId), true);
    return item && isLive(item, now) ? outcomeFromItem(item) : undefined;
  },
);

export const replaceOutcome = accessPattern(
  {
    name: 'replaceOutcome',
    question: "Replace a user's row by its successor, with the newest conversions",
    operation: 'PutItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: 'still at the revision that it was computed from',
  },
  (call, row: OutcomeRow, expectedRev: number): Promise<boolean> =>
    putItem(call, outcomeToItem(row), { expression: 'rev = :rev', values: { ':rev': expectedRev } }),
);

export const readOutcomes = accessPattern(
  {
    name: 'readOutcomes',
    question: 'Which users are counted in this shard of an experiment, with which conversions?',
    operation: 'Query',
    index: 'table',
    key: 'PK = EXPERIMENT#<line>#<shard>',
    consistency: 'eventual',
    guard: 'expired rows are left out, and those that were moved to another user',
  },
  async function* (call, line: string, shard: number, now: number): AsyncGenerator<OutcomeRow> {
    const values = { ':rows': outcomePartition(line, shard) };
    for await (const item of queryItems(call, { where: 'PK = :rows', values, limit: ROWS_PER_REQUEST })) {
      if (isLive(item, now) && item.movedTo === undefined) yield outcomeFromItem(item);
    }
  },
);
