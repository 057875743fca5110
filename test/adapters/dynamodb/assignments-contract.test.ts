import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignmentStore } from '../../../adapters/dynamodb/stores/assignment-store.ts';
import type { AssignmentStore } from '../../../core/experiments/assignment/ports.ts';
import type { StickyAssignments } from '../../../core/experiments/types.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

let table: TestTable;
let store: AssignmentStore;
let units: number;
beforeAll(async () => {
  table = await testTable();
  const meter = (_: string, used: number, isWrite: boolean) => {
    if (isWrite) units += used;
  };
  store = assignmentStore({ ...table, meter });
});
afterAll(() => table.close());

describe('arms that a user saw', () => {
  it('are none at first', async () => {
    expect(await store.get('nobody')).toEqual({});
  });

  it('are read back, to the second, with the probability where it is known', async () => {
    const stored = await store.expose('ada', { x1: ['control', NOW + 999, 0.25], '0zz': ['b', NOW] }, []);
    expect(stored).toEqual({ x1: ['control', NOW, 0.25], '0zz': ['b', NOW] });
    expect(await store.get('ada')).toEqual(stored);
  });

  it('stay the first ones, whatever comes later, beside new ones', async () => {
    await store.expose('bob', { one: ['a', NOW, 1] }, []);
    const stored = await store.expose('bob', { one: ['b', NOW + 5_000, 0.5], two: ['c', NOW, 0.5] }, []);
    expect(stored).toEqual({ one: ['a', NOW, 1], two: ['c', NOW, 0.5] });
  });

  it('are forgotten by line, also such as are not there', async () => {
    await store.expose('cat', { one: ['a', NOW, 1], two: ['b', NOW, 1] }, []);
    expect(await store.expose('cat', { three: ['c', NOW, 1] }, ['two', 'none'])).toEqual({
      one: ['a', NOW, 1],
      three: ['c', NOW, 1],
    });
  });

  it('cost one write unit for twenty experiments, and fit one update for fifty with fifty to forget', async () => {
    const arms = (count: number): StickyAssignments =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}k2qv8zt0x`, ['treatment', NOW, 0.5]]));
    units = 0;
    await store.expose('dan', arms(20), []);
    expect(units).toBe(1);
    const stale = Array.from({ length: 50 }, (_, n) => `${n}x2qv8zt0x`);
    expect(Object.keys(await store.expose('eve', arms(50), stale))).toHaveLength(50);
  });

  it('lose none when many requests store at once', async () => {
    const lines = Array.from({ length: 12 }, (_, n) => `line${n}`);
    await Promise.all(lines.map((line) => store.expose('fay', { [line]: ['a', NOW, 1] }, [])));
    await Promise.all(['a', 'b', 'c'].map((arm) => store.expose('fay', { shared: [arm, NOW, 1] }, [])));
    expect(Object.keys(await store.get('fay')).sort()).toEqual([...lines, 'shared'].sort());
  });

  it('hold arms of any name', async () => {
    const arm = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    const line = fc.stringMatching(/^[0-9a-z]{1,10}$/);
    let user = 0;
    const kept = fc.asyncProperty(fc.dictionary(line, arm, { minKeys: 1, maxKeys: 5 }), async (arms) => {
      user += 1;
      const sticky = Object.fromEntries(
        Object.entries(arms).map(([key, name]) => [key, [name, NOW, 0.5] as const]),
      );
      expect(await store.expose(`any-${user}`, sticky, [])).toEqual(sticky);
    });
    await fc.assert(kept, { seed: 3, numRuns: 30 });
  });
});
