import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import { updateStore } from '../../../adapters/dynamodb/stores/update-store.ts';
import type { Update, UpdateStore } from '../../../core/updates/ports.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const DAY = 86_400_000;

let table: TestTable;
let store: UpdateStore;
let read: number;
beforeAll(async () => {
  table = await testTable();
  const meter = (_: string, used: number, isWrite: boolean) => {
    if (!isWrite) read += used;
  };
  store = updateStore({ ...table, meter });
});
afterAll(() => table.close());

const updateAt = (at: number, given: Partial<Update> = {}): Update => ({
  id: ulid(at),
  kind: 'insights',
  at,
  about: 'saas',
  title: 'New insights were written',
  ...given,
});

describe('updates', () => {
  it('cost half a read unit at most where there is little new (the embedded store counts none for nothing)', async () => {
    read = 0;
    expect(await store.since('nobody', NOW - DAY, NOW)).toEqual([]);
    expect(read).toBeLessThanOrEqual(0.5);
    await store.put('gus', updateAt(NOW));
    read = 0;
    expect(await store.since('gus', NOW - DAY, NOW)).toHaveLength(1);
    expect(read).toBe(0.5);
  });

  it('are those behind the moment, oldest first', async () => {
    const kinds = ['achievement', 'recommendations', 'insights'] as const;
    const updates = kinds.map((kind, n) => updateAt(NOW + n * 10, { kind, about: `${kind} über 😀` }));
    for (const update of updates.toReversed()) await store.put('ada', update);
    expect(await store.since('ada', NOW - 1, NOW + 100)).toEqual(updates);
    expect(await store.since('ada', NOW, NOW + 100)).toEqual(updates.slice(1));
    expect(await store.since('ada', NOW + 20, NOW + 100)).toEqual([]);
    expect(await store.since('bob', NOW - 1, NOW + 100)).toEqual([]);
  });

  it('keep all of one millisecond, and one that is told twice once', async () => {
    const [one, other] = [updateAt(NOW), updateAt(NOW)];
    for (const update of [one, other, one]) await store.put('cat', update);
    const ids = (await store.since('cat', NOW - 1, NOW)).map(({ id }) => id);
    expect(ids.toSorted()).toEqual([one.id, other.id].toSorted());
  });

  it('go by their time also where the id was made at another one', async () => {
    const update = updateAt(NOW, { id: ulid(NOW + 5_000) });
    await store.put('dan', update);
    expect(await store.since('dan', NOW - 1, NOW)).toEqual([update]);
    expect(await store.since('dan', NOW, NOW + DAY)).toEqual([]);
  });

  it('are gone after 7 days', async () => {
    await store.put('eve', updateAt(NOW));
    expect(await store.since('eve', 0, NOW + 7 * DAY - 1)).toHaveLength(1);
    expect(await store.since('eve', 0, NOW + 7 * DAY)).toEqual([]);
  });

  it('come a hundred at a time, the oldest first, so that the next question goes on', async () => {
    const updates = Array.from({ length: 130 }, (_, n) => updateAt(NOW + n));
    await Promise.all(updates.map((update) => store.put('fay', update)));
    const first = await store.since('fay', NOW - 1, NOW + 200);
    expect(first).toEqual(updates.slice(0, 100));
    expect(await store.since('fay', first.at(-1)?.at ?? 0, NOW + 200)).toEqual(updates.slice(100));
  });

  it('are forgotten, all of a user and of nobody else', async () => {
    for (let n = 0; n < 30; n += 1) await store.put('hal', updateAt(NOW + n));
    await store.put('ivy', updateAt(NOW));
    await store.remove('hal');
    expect(await store.since('hal', NOW - DAY, NOW)).toEqual([]);
    expect(await store.since('ivy', NOW - DAY, NOW)).toHaveLength(1);
  });
});
