import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { offerStore } from '../../../adapters/dynamodb/stores/offer-store.ts';
import { type ActionOffers, noOffers, type OfferStore } from '../../../core/actions/types.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

let table: TestTable;
let store: OfferStore;
let written: number;
beforeAll(async () => {
  table = await testTable();
  const meter = (_: string, used: number, isWrite: boolean) => {
    if (isWrite) written += used;
  };
  store = offerStore({ ...table, meter });
});
afterAll(() => table.close());

const offer = (at: number, given: Partial<ActionOffers> = {}): ActionOffers => ({
  at,
  times: [at],
  offered: 1,
  taken: 0,
  doneBefore: 3,
  ...given,
});

describe('offers of actions', () => {
  it('are none at first', async () => {
    expect(await store.get('nobody')).toEqual(noOffers);
  });

  it('are read back with the next version', async () => {
    const actions = { 'call-lead': offer(NOW, { endedAt: NOW + 5, times: [NOW, NOW - 1], taken: 1 }) };
    expect(await store.put('ada', { version: 0, actions }, 0)).toBe(true);
    expect(await store.get('ada')).toEqual({ version: 1, actions });
    expect(await store.put('ada', { version: 1, actions: {} }, 1)).toBe(true);
    expect(await store.get('ada')).toEqual({ version: 2, actions: {} });
  });

  it('are replaced by one of several who read the same', async () => {
    const put = (n: number, version: number) =>
      store.put('bob', { version, actions: { [`action-${n}`]: offer(NOW) } }, version);
    for (const version of [0, 1]) {
      const won = await Promise.all([1, 2, 3, 4].map((n) => put(n, version)));
      expect(won.filter(Boolean)).toHaveLength(1);
      const { version: now, actions } = await store.get('bob');
      expect(now).toBe(version + 1);
      expect(Object.keys(actions)).toEqual([`action-${won.indexOf(true) + 1}`]);
    }
    expect(await put(9, 0)).toBe(false);
    expect(await put(9, 7)).toBe(false);
  });

  it('are forgotten, and begin anew', async () => {
    await store.put('dan', { version: 0, actions: { a: offer(NOW) } }, 0);
    await store.remove('dan');
    expect(await store.get('dan')).toEqual(noOffers);
    await store.remove('dan');
    expect(await store.put('dan', noOffers, 0)).toBe(true);
  });

  it('cost one write unit for twenty actions with ten offers each', async () => {
    const times = Array.from({ length: 10 }, (_, n) => NOW - n * 86_400_000);
    const names = Array.from({ length: 20 }, (_, n) => `action-with-a-name-${n}`);
    const actions = Object.fromEntries(names.map((name) => [name, offer(NOW, { times, offered: 10 })]));
    written = 0;
    await store.put('cat', { version: 0, actions }, 0);
    expect(written).toBe(1);
  });
});
