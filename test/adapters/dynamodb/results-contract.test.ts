import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { announcementStore, resultsStore } from '../../../adapters/dynamodb/stores/results-store.ts';
import type { Announced } from '../../../core/experiments/announcements/types.ts';
import type { Evaluation, PastEvaluation } from '../../../core/experiments/evaluation/types.ts';
import { DAY, HOUR } from '../../support/clock.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';
import { NOON } from '../../support/interactions.ts';

let table: TestTable;
let now = NOON;
const database = () => ({ ...table, clock: () => now });

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const evaluation = (evaluatedAt: number, users = 3): Evaluation => ({
  experimentId: 'experiment-1',
  version: 2,
  evaluatedAt,
  counts: {
    arms: [
      { variant: 'control', users, metrics: { order: { sum: 0.1 + 0.2, sumSquares: 1e-7 } } },
      { variant: 'quiet', users: 0, metrics: {} },
    ],
    multipleExposures: 1,
    caps: { order: 99.5 },
  },
  isFinal: false,
});

const past = (evaluatedAt: number, users = 1): PastEvaluation => ({
  evaluatedAt,
  verdict: 'keep running',
  arms: [{ variant: 'control', users, weight: 0.5, mean: null }],
});

describe('results of experiments', () => {
  it('are nothing before the first, then what was put, to the last digit, by round', async () => {
    const store = resultsStore(database());
    expect(await store.get('line-1')).toBeUndefined();
    await store.put('line-1', evaluation(NOON));
    expect(await store.get('line-1')).toEqual(evaluation(NOON));
    expect(await store.get('line-2')).toBeUndefined();
  });

  it('are replaced by a repeat and by later ones, never by one that was counted before', async () => {
    const store = resultsStore(database());
    await store.put('line-3', evaluation(NOON, 3));
    await store.put('line-3', evaluation(NOON, 4));
    await store.put('line-3', evaluation(NOON - 1, 2));
    expect(await store.get('line-3')).toEqual(evaluation(NOON, 4));
  });

  it('remember one evaluation of each hour for 90 days, newest first', async () => {
    const store = resultsStore(database());
    for (const hour of [2, 0, 1]) await store.note('line-4', past(NOON + hour * HOUR, hour));
    await store.note('line-4', past(NOON + HOUR + 1, 11));
    const users = async (limit: number) =>
      (await store.history('line-4', limit)).map(({ arms }) => arms[0]?.users);
    expect(await users(10)).toEqual([2, 11, 0]);
    expect(await users(2)).toEqual([2, 11]);
    expect(await store.get('line-4')).toBeUndefined();
    now = NOON + 90 * DAY + 90 * 60_000;
    expect(await users(10)).toEqual([2]);
    now = NOON;
  });
});

describe('what was told of experiments', () => {
  const announced = (rev: number, given: Partial<Announced> = {}): Announced => ({
    version: rev,
    status: 'running',
    key: 'quiet-dashboard',
    rev,
    ...given,
  });

  it('is noted by whoever read the note before', async () => {
    const store = announcementStore(database());
    expect(await store.get('a')).toBeUndefined();
    expect(await store.put('a', announced(1), 0)).toBe(true);
    expect(await store.put('a', announced(1, { version: 9 }), 0)).toBe(false);
    const verdict = { line: 'line-1', verdict: 'winner' } as const;
    expect(await store.put('a', announced(2, { verdict }), 1)).toBe(true);
    expect(await store.put('a', announced(2), 1)).toBe(false);
    expect(await store.get('a')).toEqual(announced(2, { verdict }));
  });

  it('is read of all at once, also of deleted ones', async () => {
    const store = announcementStore(database());
    await store.put('b', announced(1, { status: 'deleted' }), 0);
    expect(await store.all()).toEqual(
      new Map([
        ['a', await store.get('a')],
        ['b', announced(1, { status: 'deleted' })],
      ]),
    );
  });
});
