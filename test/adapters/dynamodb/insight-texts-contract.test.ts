import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { textStore } from '../../../adapters/dynamodb/stores/text-store.ts';
import type { FailedText, StoredText, TextSlot, TextStore } from '../../../core/insights/ports.ts';
import type { WrittenInsights } from '../../../core/insights/types.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;
const HASH = '0123456789abcdef';

let table: TestTable;
let store: TextStore;
let units: { read: number; write: number };
beforeAll(async () => {
  table = await testTable();
  const meter = (_: string, used: number, isWrite: boolean) => {
    units[isWrite ? 'write' : 'read'] += used;
  };
  store = textStore({ ...table, meter });
});
beforeEach(() => {
  units = { read: 0, write: 0 };
});
afterAll(() => table.close());

let users = 0;
const someone = (): string => {
  users += 1;
  return `user-${users}`;
};

const slot: TextSlot = { purpose: 'insights', domain: 'saas', place: '' };
const suggestions: TextSlot = { purpose: 'suggestions', domain: 'saas', place: 'a1b2c3' };

const answer: WrittenInsights = {
  behaviour: [{ text: 'You use the report most, 12 times so far. 😀', facts: ['feature1'] }],
  predictions: [],
  advice: [{ title: 'Two to go', text: 'You published 3 of 5 listings.', facts: ['goal1'] }],
  priorityActions: [],
  marketInsights: [],
};

const text: StoredText = {
  state: 'written',
  hash: HASH,
  answer,
  says: { feature1: 'Feature report: used 12 times', goal1: 'Goal "Publish five": 3 of 5' },
  stated: '5d20f1aa',
  means: { feature1: '0f3c9a1b', goal1: '77d0e2c4' },
  writtenAt: NOW,
  expiresAt: NOW + 60 * MINUTE,
  model: 'amazon.nova-micro-v1:0',
  tokens: { input: 1_500, output: 300 },
};

const failure: FailedText = {
  state: 'failed',
  hash: HASH,
  why: 'throttled',
  attempts: 2,
  until: NOW + 5 * MINUTE,
};

const ask = (userId: string, now = NOW, hash = HASH) =>
  store.ask(userId, slot, { hash, now, until: now + 10 * MINUTE });

describe('texts', () => {
  it('are nothing at first', async () => {
    expect(await store.get('nobody', slot, NOW)).toBeUndefined();
  });

  it('are read back whole, each in its place', async () => {
    const user = someone();
    await store.put(user, slot, text);
    await store.put(user, suggestions, { ...text, answer: { suggestions: [] }, hash: 'other' });
    expect(await store.get(user, slot, NOW)).toEqual(text);
    expect(await store.get(user, suggestions, NOW)).toMatchObject({
      hash: 'other',
      answer: { suggestions: [] },
    });
    expect(await store.get(user, { ...slot, domain: 'film' }, NOW)).toBeUndefined();
    expect(await store.get(user, { ...suggestions, place: 'd4e5f6' }, NOW)).toBeUndefined();
    expect(await store.get(someone(), slot, NOW)).toBeUndefined();
  });

  it('are gone from the millisecond of their end on', async () => {
    const user = someone();
    await store.put(user, slot, text);
    expect(await store.get(user, slot, text.expiresAt - 1)).toEqual(text);
    expect(await store.get(user, slot, text.expiresAt)).toBeUndefined();
  });

  it('hold any words', async () => {
    const user = someone();
    const words = fc.string({ unit: 'grapheme', maxLength: 400 });
    const kept = fc.asyncProperty(words, words, async (one, other) => {
      const given = {
        ...text,
        answer: { ...answer, behaviour: [{ text: one, facts: ['goal1'] }] },
        says: { goal1: other },
      };
      await store.put(user, slot, given);
      expect(await store.get(user, slot, NOW)).toEqual(given);
    });
    await fc.assert(kept, { seed: 11, numRuns: 30 });
  });

  it('cost half a unit to read, where there is one and where there is none', async () => {
    const user = someone();
    await store.get(user, slot, NOW);
    expect(units.read).toBe(0.5);
    await store.put(user, slot, text);
    expect(units.write).toBe(1);
    await store.get(user, slot, NOW);
    expect(units.read).toBe(1);
  });
});

describe('asking for a text', () => {
  it('lets one of many queue it', async () => {
    const user = someone();
    const asked = await Promise.all(Array.from({ length: 12 }, () => ask(user)));
    expect(asked.filter(Boolean)).toHaveLength(1);
    expect(await store.get(user, slot, NOW)).toEqual({
      state: 'asked',
      hash: HASH,
      until: NOW + 10 * MINUTE,
    });
  });

  it('is repeated only when nothing came until its end', async () => {
    const user = someone();
    await ask(user);
    expect(await ask(user, NOW + 10 * MINUTE - 1)).toBe(false);
    expect(await store.get(user, slot, NOW + 10 * MINUTE)).toBeUndefined();
    expect(await ask(user, NOW + 10 * MINUTE)).toBe(true);
  });

  it('is refused while a text of the same facts lives, and changes nothing then', async () => {
    const user = someone();
    await ask(user);
    await store.put(user, slot, text);
    expect(await ask(user, NOW + MINUTE)).toBe(false);
    expect(await store.get(user, slot, NOW + MINUTE)).toEqual(text);
    expect(await ask(user, text.expiresAt)).toBe(true);
  });

  it('is granted when the facts changed, whatever the slot holds', async () => {
    const user = someone();
    await store.put(user, slot, text);
    expect(await ask(user, NOW, 'new facts')).toBe(true);
    expect(await store.get(user, slot, NOW)).toMatchObject({ state: 'asked', hash: 'new facts' });
    expect(await ask(user, NOW, 'newer facts')).toBe(true);
    await store.fail(user, slot, { ...failure, hash: 'newer facts' });
    expect(await ask(user, NOW, 'newest facts')).toBe(true);
  });

  it('is refused after a failure until it may be tried again, and remembers how often it failed', async () => {
    const user = someone();
    await ask(user);
    await store.fail(user, slot, failure);
    expect(await store.get(user, slot, NOW)).toEqual(failure);
    expect(await ask(user, failure.until - 1)).toBe(false);
    expect(await store.get(user, slot, failure.until)).toBeUndefined();
    expect(await ask(user, failure.until)).toBe(true);
    expect(await store.get(user, slot, failure.until)).toMatchObject({ state: 'asked', attempts: 2 });
    await store.put(user, slot, text);
    expect(await ask(user, text.expiresAt)).toBe(true);
    expect(await store.get(user, slot, text.expiresAt)).not.toHaveProperty('attempts');
  });

  it('are forgotten in every place, whatever their state, of one user alone', async () => {
    const [one, other] = [someone(), someone()];
    for (const user of [one, other]) {
      await store.put(user, slot, text);
      await store.ask(user, suggestions, { hash: HASH, now: NOW, until: NOW + MINUTE });
    }
    await store.remove(one);
    for (const place of [slot, suggestions]) {
      expect(await store.get(one, place, NOW)).toBeUndefined();
      expect(await store.get(other, place, NOW)).toBeDefined();
    }
  });
});
