import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activityStore } from '../../../adapters/dynamodb/stores/activity-store.ts';
import { generationStore } from '../../../adapters/dynamodb/stores/generation-store.ts';
import {
  type GenerationMemory,
  type GenerationStore,
  noGenerations,
} from '../../../core/generation/types.ts';
import type { StoredUser } from '../../../core/journal/ports.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

let table: TestTable;
let store: GenerationStore;
let written = 0;
beforeAll(async () => {
  table = await testTable();
  const meter = (_: string, used: number, isWrite: boolean) => {
    if (isWrite) written += used;
  };
  store = generationStore({ ...table, meter });
});
afterAll(() => table.close());

const memory = (n: number): GenerationMemory => ({
  version: 0,
  tallies: { visualStyle: { '"cinematic"': [n, 900 * n, 810 * n] } },
  generations: [
    { id: `gen.${n}`, at: NOW, parameters: { visualStyle: 'cinematic', captions: true }, reward: 0.9 },
  ],
});

describe('what is remembered of generations', () => {
  it('is nothing at first', async () => {
    expect(await store.get('nobody')).toEqual(noGenerations);
  });

  it('is read back with the next version', async () => {
    expect(await store.put('ada', memory(1), 0)).toBe(true);
    expect(await store.get('ada')).toEqual({ ...memory(1), version: 1 });
    expect(await store.put('ada', memory(2), 1)).toBe(true);
    expect(await store.get('ada')).toEqual({ ...memory(2), version: 2 });
  });

  it('is replaced by one of several who read the same', async () => {
    for (const version of [0, 1]) {
      const won = await Promise.all([1, 2, 3, 4].map((n) => store.put('bob', memory(n), version)));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await store.get('bob')).toEqual({ ...memory(won.indexOf(true) + 1), version: version + 1 });
    }
    expect(await store.put('bob', memory(9), 0)).toBe(false);
    expect(await store.put('bob', memory(9), 7)).toBe(false);
  });

  it('is forgotten on request', async () => {
    await store.put('dan', memory(1), 0);
    await store.remove('dan');
    expect(await store.get('dan')).toEqual(noGenerations);
    expect(await store.put('dan', memory(1), 0)).toBe(true);
    await store.remove('nobody');
  });

  it('costs three write units for fifty generations with eight parameters', async () => {
    const generations = Array.from({ length: 50 }, (_, n) => ({
      id: `gen.01JD6Z7Q9T3V5X8Y2A4C6E8G${String(n).padStart(2, '0')}`,
      at: NOW - n * 3_600_000,
      parameters: {
        visualStyle: n % 2 ? 'cinematic' : 'bold',
        durationSeconds: 30,
        aspectRatio: '9:16',
        resolution: '1080p',
        pacing: 'fast',
        captions: n % 3 === 0,
        category: 'product',
        music: 'upbeat',
      },
      purpose: 'social',
      device: 'mobile',
      reward: 0.5 + n / 100,
    }));
    written = 0;
    await store.put('cleo', { ...memory(50), generations }, 0);
    expect(written).toBeLessThanOrEqual(3);
  });

  it('is brought to the count of all users with their consent, and to nobody else', async () => {
    const scanned = async (decisions: boolean): Promise<StoredUser[]> => {
      const users: StoredUser[] = [];
      for await (const user of activityStore(table).scanUsers(0, 1, { decisions })) users.push(user);
      return users;
    };
    const found = (await scanned(true)).find(({ userId }) => userId === 'ada');
    expect(found?.generations).toEqual({ ...memory(2), version: 2 });
    expect(await scanned(false)).toEqual([]);
  });
});
