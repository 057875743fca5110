import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activityStore } from '../../../adapters/dynamodb/stores/activity-store.ts';
import { analyticsStore } from '../../../adapters/dynamodb/stores/analytics-store.ts';
import { decisionStore } from '../../../adapters/dynamodb/stores/decision-store.ts';
import { journalStore } from '../../../adapters/dynamodb/stores/journal-store.ts';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import type { ActivityReport } from '../../../core/analytics/types.ts';
import type { StoredUser } from '../../../core/journal/ports.ts';
import { recordInteractions } from '../../../core/journal/record-interactions.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { DAY } from '../../support/clock.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';
import { interaction, NOON } from '../../support/interactions.ts';

let table: TestTable;
let now = NOON;
const database = () => ({ ...table, clock: () => now });

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const report = (asOf: number, changes: Partial<ActivityReport> = {}): ActivityReport => ({
  runId: `run-${asOf}`,
  asOf,
  users: 2,
  leftOut: { consent: 1 },
  days: [['2026-11-21', { active: 1 }]],
  periods: {
    '1d': { active: 1, new: 0 },
    '7d': { active: 1, new: 0 },
    '30d': { active: 1, new: 0 },
    '90d': { active: 2, new: 1 },
  },
  ...changes,
});

describe('reports', () => {
  it('are nothing before the first, then what was put, by name', async () => {
    const store = analyticsStore(database());
    expect(await store.get('activity')).toBeUndefined();
    await store.put('activity', report(NOON));
    await store.put('segments', { runId: 'r', asOf: NOON, segments: { a: { users: 1 } }, everyone: {} });
    expect(await store.get('activity')).toEqual(report(NOON));
    expect(await store.get('segments')).toMatchObject({ segments: { a: { users: 1 } } });
    expect(await store.get('rules')).toBeUndefined();
  });

  it('are replaced by a repeat and by later runs, never by one that began before', async () => {
    const store = analyticsStore(database());
    await store.put('activity', report(NOON, { users: 3 }));
    expect((await store.get('activity'))?.users).toBe(3);
    await store.put('activity', report(NOON + DAY, { users: 4 }));
    await store.put('activity', report(NOON + 1, { users: 5 }));
    expect((await store.get('activity'))?.users).toBe(4);
  });
});

describe('the scan of all users', () => {
  const found = async (options?: { decisions: boolean }): Promise<Map<string, StoredUser>> => {
    const users = new Map<string, StoredUser>();
    for (const segment of [0, 1, 2])
      for await (const user of activityStore(database()).scanUsers(segment, 3, options))
        users.set(user.userId, user);
    return users;
  };
  const decisions = () => decisionStore(database());
  const configured = (userId: string, decidedAt: number) =>
    decisions().putConfig({
      decisionId: `cfg.01JD3Q0Z7K${String(decidedAt % 1000).padStart(8, '0')}`,
      userId,
      decidedAt,
      body: { c: 'home', s: [1, 1, 1], f: null, v: [] },
      context: 'a1b2c3',
      digest: '0123456789',
      earlier: new Map(),
    });
  const recommended = (userId: string, number: number, decidedAt: number) =>
    decisions().put(
      {
        decisionId: `a1b2c3.01JD3Q0Z7K${String(number).padStart(16, '0')}`,
        userId,
        decidedAt,
        body: { context: 'home', items: [] },
      },
      () => undefined,
    );

  beforeAll(async () => {
    await recordInteractions({
      store: journalStore(database()),
      fold: foldInteractions,
      userId: 'ada',
      interactions: [interaction({ interactionId: 'i1' })],
      now: NOON,
      retentionMs: 100 * DAY,
    });
    await profileStore(database()).put({ ...newProfile('ada', NOON), version: 1 }, 0);
    await recommended('ada', 1, NOON);
    await recommended('ada', 2, NOON - 29 * DAY);
    await configured('ada', NOON);
    await recommended('newcomer', 3, NOON);
  });

  it('brings the decisions of both kinds where they are asked for, beside everything else', async () => {
    const users = await found({ decisions: true });
    const ada = users.get('ada');
    expect(ada?.decisions?.map(({ decisionId, body }) => [decisionId.slice(0, 3), body])).toEqual([
      ['a1b', { context: 'home', items: [] }],
      ['a1b', { context: 'home', items: [] }],
      ['cfg', { c: 'home', s: [1, 1, 1], f: null, v: [] }],
    ]);
    expect([ada?.profile?.userId, ada?.pages.length, ada?.state.seq]).toEqual(['ada', 1, 1]);
    expect(users.get('newcomer')).toMatchObject({ pages: [], profile: undefined, decisions: [{}] });
  });

  it('brings none where they are not, nor users of whom nothing else is stored', async () => {
    const users = await found();
    expect([...users.keys()]).toEqual(['ada']);
    expect(users.get('ada')?.decisions).toBeUndefined();
  });

  it('leaves out what has expired', async () => {
    now = NOON + 2 * DAY;
    const users = await found({ decisions: true });
    expect(users.get('ada')?.decisions).toHaveLength(2);
    now = NOON + 31 * DAY;
    expect((await found({ decisions: true })).get('ada')?.decisions).toEqual([]);
  });
});
