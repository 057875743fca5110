import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { achievementStore } from '../../../adapters/dynamodb/stores/achievement-store.ts';
import { daysIn } from '../../../core/achievements/active-days.ts';
import { type AchievementStore, noAchievements } from '../../../core/achievements/types.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const TODAY = 20_778;

let table: TestTable;
let store: AchievementStore;
let [read, written] = [0, 0];
beforeAll(async () => {
  table = await testTable();
  const meter = (_: string, used: number, isWrite: boolean) => {
    if (isWrite) written += used;
    else read += used;
  };
  store = achievementStore({ ...table, meter });
});
afterAll(() => table.close());
beforeEach(() => {
  [read, written] = [0, 0];
});

describe('achievements', () => {
  it('of a stranger are none', async () => {
    expect(await store.get('nobody')).toEqual(noAchievements);
    expect(await store.claim('nobody', 'saas/first', NOW)).toBe('locked');
    await store.told('nobody', 'saas/first');
    await store.remove('nobody');
    expect(await store.get('nobody')).toEqual(noAchievements);
  });

  it('are unlocked once, told of, and claimed once', async () => {
    const [one, other] = ['saas/first-report', 'learning/straße 😀'];
    expect(await store.claim('ada', one, NOW)).toBe('locked');
    expect(await store.unlock('ada', one, NOW)).toBe(true);
    expect(await store.unlock('ada', one, NOW + 5)).toBe(false);
    expect(await store.unlock('ada', other, NOW + 1)).toBe(true);
    expect(await store.get('ada')).toEqual({
      ...noAchievements,
      unlocked: { [one]: NOW, [other]: NOW + 1 },
      untold: [other, one],
    });
    await store.told('ada', one);
    await store.told('ada', one);
    expect((await store.get('ada')).untold).toEqual([other]);
    await store.told('ada', other);
    expect((await store.get('ada')).untold).toEqual([]);
    expect(await store.claim('ada', one, NOW + 9)).toBe('done');
    expect(await store.claim('ada', one, NOW + 10)).toBe('claimed');
    expect(await store.get('ada')).toMatchObject({ unlocked: { [one]: NOW }, claimed: { [one]: NOW + 9 } });
  });

  it('have one winner each among many who try at once', async () => {
    const ten = Array.from({ length: 10 }, (_, n) => NOW + n);
    const unlocked = await Promise.all(ten.map((at) => store.unlock('bob', 'saas/x', at)));
    expect(unlocked.filter(Boolean)).toHaveLength(1);
    const claims = await Promise.all(ten.map((at) => store.claim('bob', 'saas/x', at)));
    expect(claims.toSorted()).toEqual([...new Array(9).fill('claimed'), 'done']);
  });

  it('are all forgotten on request', async () => {
    await store.addDays('cat', [TODAY]);
    await store.unlock('cat', 'saas/x', NOW);
    await store.remove('cat');
    expect(await store.get('cat')).toEqual(noAchievements);
    await store.told('cat', 'saas/x');
    expect(await store.get('cat')).toEqual(noAchievements);
    expect(await store.unlock('cat', 'saas/x', NOW + 1)).toBe(true);
  });
});

describe('days', () => {
  it('are a union, whoever writes them at the same time and in whatever order', async () => {
    const batches = fc.array(fc.array(fc.integer({ min: TODAY - 60, max: TODAY }), { maxLength: 5 }), {
      minLength: 1,
      maxLength: 6,
    });
    let user = 0;
    const property = fc.asyncProperty(batches, async (all) => {
      const userId = `days-${user++}`;
      await Promise.all(all.map((days) => store.addDays(userId, days)));
      const { days } = await store.get(userId);
      expect(daysIn(days)).toEqual([...new Set(all.flat())].sort((a, b) => a - b));
      for (const batch of all) expect((await store.addDays(userId, batch)).days).toEqual(days);
    });
    await fc.assert(property, { seed: 20_261_121, numRuns: 40 });
  });

  it('leave what is unlocked as it is, and are left so', async () => {
    await store.unlock('dan', 'saas/x', NOW);
    expect(await store.addDays('dan', [TODAY])).toMatchObject({ unlocked: { 'saas/x': NOW } });
    await store.claim('dan', 'saas/x', NOW + 1);
    const { days, claimed } = await store.addDays('dan', [TODAY - 1]);
    expect([daysIn(days), claimed]).toEqual([[TODAY - 1, TODAY], { 'saas/x': NOW + 1 }]);
  });

  it('cost one read and one write unit for a new one, one read unit for a known one, also after a year', async () => {
    const year = Array.from({ length: 400 }, (_, n) => TODAY - 400 + n);
    await store.addDays('eve', year);
    for (const id of Array.from({ length: 15 }, (_, n) => `learning/achievement-${n}`)) {
      await store.unlock('eve', id, NOW);
      await store.told('eve', id);
      await store.claim('eve', id, NOW);
    }
    [read, written] = [0, 0];
    await store.addDays('eve', [TODAY]);
    expect([read, written]).toEqual([1, 1]);
    await store.addDays('eve', [TODAY]);
    expect([read, written]).toEqual([2, 1]);
  });
});
