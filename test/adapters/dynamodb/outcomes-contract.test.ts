import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { shardOfUser } from '../../../adapters/dynamodb/entities/outcome.ts';
import { outcomeStore } from '../../../adapters/dynamodb/stores/outcome-store.ts';
import { OUTCOME_SHARDS, type OutcomeStore } from '../../../core/experiments/outcomes/ports.ts';
import type { OutcomeRow } from '../../../core/experiments/outcomes/types.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';
import { outcomeRow } from '../../support/outcomes.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const DAY = 86_400_000;

let table: TestTable;
let store: OutcomeStore;
let now: number;
let units: { read: number; write: number };
beforeAll(async () => {
  table = await testTable();
  const meter = (_: string, used: number, isWrite: boolean) => {
    units[isWrite ? 'write' : 'read'] += used;
  };
  store = outcomeStore({ ...table, meter, clock: () => now });
});
beforeEach(() => {
  now = NOW;
  units = { read: 0, write: 0 };
});
afterAll(() => table.close());

const all = async (line: string): Promise<OutcomeRow[]> => {
  const rows: OutcomeRow[] = [];
  for (let shard = 0; shard < OUTCOME_SHARDS; shard += 1)
    for await (const row of store.rowsOf(line, shard)) rows.push(row);
  return rows.sort((a, b) => (a.userId < b.userId ? -1 : 1));
};

const keys = (count: number) => Array.from({ length: count }, (_, n) => 2 ** 47 + n * 7_919);

/** As full as it gets with three metrics. */
const full = (userId: string): OutcomeRow =>
  outcomeRow({
    line: 'full',
    userId,
    exposedAt: NOW + 123,
    propensity: 1 / 3,
    covariates: { signup: 3, revenue: 1_234.567, visits: 12 },
    metrics: { signup: [1, 1], revenue: [17, 1_999.99], visits: [212, 212] },
    keys: keys(64),
    otherArms: ['control'],
    mergedFrom: ['anon:01JD3Q0Z7K8V5W2X9Y4A6B1C3D'],
    rev: 233,
  });

describe('outcome rows', () => {
  it('are read back whole, and there is none at first', async () => {
    expect(await store.get('full', 'nobody')).toBeUndefined();
    const row = full('ada');
    expect(await store.expose(row)).toEqual(row);
    expect(await store.get('full', 'ada')).toEqual(row);
    const moved = { ...outcomeRow({ line: 'l', userId: 'anon:1' }), movedTo: 'ada' };
    await store.expose(moved);
    expect(await store.get('l', 'anon:1')).toEqual(moved);
  });

  it('are kept once: whoever comes later learns what is stored', async () => {
    const first = outcomeRow({ line: 'once', userId: 'bob', variant: 'quiet' });
    await store.expose(first);
    expect(await store.expose({ ...first, variant: 'control', exposedAt: NOW + DAY })).toEqual(first);
    const arms = ['a', 'b', 'c', 'd'];
    const stored = await Promise.all(
      arms.map((variant) => store.expose(outcomeRow({ line: 'once', userId: 'cat', variant }))),
    );
    expect(new Set(stored.map(({ variant }) => variant)).size).toBe(1);
  });

  it('are replaced by one of many who read the same', async () => {
    const row = outcomeRow({ line: 'cas', userId: 'dan' });
    await store.expose(row);
    const attempts = [1, 2, 3, 4].map((n) =>
      store.convert({ ...row, rev: 2, metrics: { clicks: [n, n] } }, row.rev),
    );
    expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1);
    expect(await store.convert({ ...row, rev: 2 }, 1)).toBe(false);
    expect(await store.convert({ ...row, line: 'none', rev: 2 }, 1)).toBe(false);
    expect(await store.get('none', 'dan')).toBeUndefined();
  });

  it('cost one write unit each, full ones too, and one read unit to look at', async () => {
    await store.expose(full('u'.repeat(128)));
    expect(units).toEqual({ read: 0, write: 1 });
    await store.convert({ ...full('u'.repeat(128)), rev: 234 }, 233);
    expect(units.write).toBe(2);
    await store.get('full', 'u'.repeat(128));
    expect(units.read).toBe(1);
  });

  it('take names of any kind for metrics, and keep their numbers', async () => {
    const names = ['__proto__', 'constructor', 'Käufe 🛒', 'a"b\\c', ' '];
    const metrics = Object.fromEntries(names.map((name, n) => [name, [n + 1, 0.1 + n] as const]));
    const row = { ...outcomeRow({ line: 'names', userId: 'eve' }), metrics };
    await store.expose(row);
    const stored = await store.get('names', 'eve');
    expect(Object.entries(stored?.metrics ?? {})).toEqual(Object.entries(metrics));
  });

  it('are told by line: every row once over all shards, without those that moved and those that ran out', async () => {
    const users = Array.from({ length: 200 }, (_, n) => `user-${n}`);
    // Twenty at once: so many connections are not made in time by a busy machine.
    for (let from = 0; from < users.length; from += 20) {
      const some = users.slice(from, from + 20);
      await Promise.all(some.map((userId) => store.expose(outcomeRow({ line: 'walk', userId }))));
    }
    await store.expose({ ...outcomeRow({ line: 'walk', userId: 'anon:x' }), movedTo: 'user-1' });
    await store.expose(outcomeRow({ line: 'walk2', userId: 'user-1' }));
    await store.expose(outcomeRow({ line: 'walk', userId: 'short', expiresAt: NOW + DAY }));
    now = NOW + 2 * DAY;
    const rows = await all('walk');
    expect(rows.map(({ userId }) => userId)).toEqual([...users].sort());
    expect(rows.every(({ line }) => line === 'walk')).toBe(true);
    const shards = new Set(users.map(shardOfUser));
    expect(shards.size).toBe(OUTCOME_SHARDS);
  });

  it('give their place to a new one when they have run out', async () => {
    const old = outcomeRow({ line: 'old', userId: 'fay', variant: 'control', expiresAt: NOW + DAY });
    await store.expose(old);
    now = NOW + DAY + 1_000;
    expect(await store.get('old', 'fay')).toBeUndefined();
    const next = outcomeRow({ line: 'old', userId: 'fay', variant: 'quiet', expiresAt: NOW + 9 * DAY });
    expect(await store.expose(next)).toEqual(next);
  });
});
