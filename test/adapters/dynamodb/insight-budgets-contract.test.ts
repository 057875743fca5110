import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BUDGET_SHARDS } from '../../../adapters/dynamodb/entities/insight-budget.ts';
import { budgetStore } from '../../../adapters/dynamodb/stores/budget-store.ts';
import type { BudgetStore } from '../../../core/insights/ports.ts';
import { nameHash } from '../../../core/profile/fold/name-hash.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';

let table: TestTable;
let store: BudgetStore;
beforeAll(async () => {
  table = await testTable();
  store = budgetStore(table);
});
afterAll(() => table.close());

const PLENTY = { userTokens: 1_000_000, stackTokens: 1_000_000 };

let days = 0;
/** A day that no other test uses. */
const someDay = (): string => {
  days += 1;
  return new Date(Date.UTC(2026, 0, days)).toISOString().slice(0, 10);
};

/** Users of one shard of the stack's budget. */
const neighbours = (count: number): string[] => {
  const names = Array.from({ length: count * BUDGET_SHARDS * 8 }, (_, n) => `user-${n}`);
  return names.filter((name) => nameHash(name) % BUDGET_SHARDS === 1).slice(0, count);
};

describe('the budget of a user', () => {
  const budgets = { ...PLENTY, userTokens: 1_000 };

  it('is granted to the last token and not further, day by day', async () => {
    const [today, tomorrow] = [someDay(), someDay()];
    expect(await store.reserve('ada', today, 600, budgets)).toBe('granted');
    expect(await store.reserve('ada', today, 401, budgets)).toBe('budget of the user');
    expect(await store.reserve('ada', today, 400, budgets)).toBe('granted');
    expect(await store.reserve('ada', today, 1, budgets)).toBe('budget of the user');
    expect(await store.reserve('bob', today, 1_000, budgets)).toBe('granted');
    expect(await store.reserve('ada', tomorrow, 1_000, budgets)).toBe('granted');
  });

  it('refuses what is above it at once, and nothing at all is granted by 0', async () => {
    const day = someDay();
    expect(await store.reserve('ada', day, 1_001, budgets)).toBe('budget of the user');
    expect(await store.reserve('ada', day, 1, { ...PLENTY, userTokens: 0 })).toBe('budget of the user');
    expect(await store.reserve('ada', day, 1_000, budgets)).toBe('granted');
  });

  it('holds under a hundred reservations side by side', async () => {
    const day = someDay();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => store.reserve('cat', day, 30, budgets)),
    );
    expect(answers.filter((answer) => answer === 'granted')).toHaveLength(33);
    expect(new Set(answers)).toEqual(new Set(['granted', 'budget of the user']));
  });

  it('is corrected to what was spent', async () => {
    const day = someDay();
    await store.reserve('dan', day, 900, budgets);
    await store.settle('dan', day, -500);
    expect(await store.reserve('dan', day, 601, budgets)).toBe('budget of the user');
    expect(await store.reserve('dan', day, 600, budgets)).toBe('granted');
    await store.settle('dan', day, 50);
    await store.settle('dan', day, -51);
    expect(await store.reserve('dan', day, 1, budgets)).toBe('granted');
  });

  it('cannot be raised by correcting what was never taken', async () => {
    const day = someDay();
    await store.settle('eve', day, -10_000);
    expect(await store.reserve('eve', day, 1_000, budgets)).toBe('granted');
    expect(await store.reserve('eve', day, 1, budgets)).toBe('budget of the user');
  });

  it('wants whole tokens', async () => {
    const day = someDay();
    for (const tokens of [0, -1, 0.5, Number.NaN])
      await expect(store.reserve('ada', day, tokens, budgets)).rejects.toThrow(/tokens/);
  });
});

describe('the budget of the stack', () => {
  const budgets = { ...PLENTY, stackTokens: 1_000 * BUDGET_SHARDS };

  it('holds under a hundred users of one shard side by side, and gives back to those it refuses', async () => {
    const [day, users] = [someDay(), neighbours(100)];
    const answers = await Promise.all(users.map((user) => store.reserve(user, day, 30, budgets)));
    expect(answers.filter((answer) => answer === 'granted')).toHaveLength(33);
    const refused = users[answers.indexOf('budget of the stack')] as string;
    const raised = { userTokens: 60, stackTokens: PLENTY.stackTokens };
    expect(await store.reserve(refused, day, 60, raised)).toBe('granted');
  });

  it('is never exceeded, whoever asks for how much', async () => {
    const asked = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 900 })), { maxLength: 60 });
    const held = fc.asyncProperty(asked, async (wishes) => {
      const day = someDay();
      const answers = await Promise.all(
        wishes.map(([user, tokens]) => store.reserve(`user-${user}`, day, tokens, budgets)),
      );
      const granted = wishes.filter((_, n) => answers[n] === 'granted');
      const sum = granted.reduce((tokens, [, more]) => tokens + more, 0);
      expect(sum).toBeLessThanOrEqual(budgets.stackTokens);
    });
    await fc.assert(held, { seed: 7, numRuns: 12 });
  });

  it('is corrected with that of the user', async () => {
    const [day, [one, other]] = [someDay(), neighbours(2) as [string, string]];
    await store.reserve(one, day, 1_000, budgets);
    expect(await store.reserve(other, day, 1, budgets)).toBe('budget of the stack');
    await store.settle(one, day, -400);
    expect(await store.reserve(other, day, 401, budgets)).toBe('budget of the stack');
    expect(await store.reserve(other, day, 400, budgets)).toBe('granted');
  });
});
