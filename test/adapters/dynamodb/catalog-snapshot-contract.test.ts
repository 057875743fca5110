import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchDelete } from '../../../adapters/dynamodb/batches.ts';
import { chunkKey, chunksToItems } from '../../../adapters/dynamodb/entities/catalog-snapshot.ts';
import { catalogSnapshotStore } from '../../../adapters/dynamodb/stores/catalog-snapshot-store.ts';
import type { CatalogItem } from '../../../core/catalog/types.ts';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';
import { NOON } from '../../support/interactions.ts';

const DAY_MS = 86_400_000;
const LARGEST_ITEM = 400 * 1_024;

let table: TestTable;
const store = (now = NOON) => catalogSnapshotStore({ ...table, clock: () => now });

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const changedAt = new Date(NOON).toISOString();

/** Text that hardly compresses: the largest an item can be. */
const noise = (length: number, seed: number): string => {
  const random = seededRandom(seed);
  return Array.from({ length }, () => String.fromCharCode(33 + Math.floor(random() * 90))).join('');
};

const items = (count: number, description = ''): CatalogItem[] =>
  Array.from({ length: count }, (_, n) => ({
    itemId: `item-${n}`,
    type: 'course',
    title: `Title of ${n}`,
    description: description && `${description}${n}`,
    tags: ['a'],
    topics: [],
    genres: [],
    skills: [],
    attributes: { price: n / 3, nested: { list: [1, 'two', null] } },
    updatedAt: changedAt,
  }));

describe('a snapshot of the catalogue', () => {
  it('is not there at first', async () => {
    expect(await store().get()).toBeUndefined();
  });

  it('comes back whole from many chunks', async () => {
    const snapshot = { takenAt: NOON, changedAt, items: items(300, noise(6_000, 1)) };
    expect(chunksToItems(snapshot.items, NOON).length).toBeGreaterThan(3);
    await store().put(snapshot);
    const read = await store().get();
    expect(read?.changedAt).toBe(changedAt);
    expect(new Set(read?.items.map(({ itemId }) => itemId)).size).toBe(300);
    expect(read?.items.find(({ itemId }) => itemId === 'item-299')).toEqual(snapshot.items[299]);
  });

  it('is replaced by a later one, never by an earlier one', async () => {
    await store().put({ takenAt: NOON + 1_000, changedAt, items: items(2) });
    await store().put({ takenAt: NOON + 500, changedAt, items: items(9) });
    expect((await store().get())?.items).toHaveLength(2);
  });

  it('is not served once it is older than deletions can be told', async () => {
    expect(await store(NOON + 8 * DAY_MS).get()).toBeUndefined();
  });

  it('is not served where a chunk is missing', async () => {
    const takenAt = NOON + 2_000;
    await store().put({ takenAt, changedAt, items: items(300, noise(6_000, 2)) });
    await batchDelete({ database: table, name: 'test' }, [chunkKey(takenAt, 1)]);
    expect(await store().get()).toBeUndefined();
  });

  it('may be empty', async () => {
    await store().put({ takenAt: NOON + 3_000, changedAt: '', items: [] });
    expect(await store().get()).toMatchObject({ changedAt: '', items: [] });
  });

  it('stays below the size of an item, whatever its texts', () => {
    for (const chunk of chunksToItems(items(100, noise(20_000, 3)), NOON))
      expect((chunk.body as Uint8Array).length).toBeLessThan(LARGEST_ITEM - 1_000);
  });
});
