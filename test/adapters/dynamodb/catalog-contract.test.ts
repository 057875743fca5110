import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { catalogStore } from '../../../adapters/dynamodb/stores/catalog-store.ts';
import type { CatalogItem } from '../../../core/catalog/types.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';
import { NOON } from '../../support/interactions.ts';

let table: TestTable;
const store = () => catalogStore({ ...table, clock: () => NOON });

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const at = (minute: number): string => new Date(NOON + minute * 60_000).toISOString();

const item = (itemId: string, given: Partial<CatalogItem> = {}): CatalogItem => ({
  itemId,
  type: 'course',
  title: `Title of ${itemId}`,
  tags: ['a'],
  topics: [],
  genres: [],
  skills: [],
  attributes: { price: 12.5, nested: { list: [1, 'two', null] } },
  updatedAt: at(0),
  ...given,
});

const collect = async <T>(values: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
};

describe('a catalogue item', () => {
  it('comes back as it was, alone and among many', async () => {
    const full = item('one', { description: 'd', budget: { min: 1 }, publishedAt: at(-5), level: undefined });
    await store().put(full);
    const { level, ...stored } = full;
    expect(await store().get('one', NOON)).toEqual(stored);
    expect(await store().get('none', NOON)).toBeUndefined();
    expect(await store().getMany(['none', 'one', 'one'], NOON)).toEqual([stored]);
    expect(await store().getMany([], NOON)).toEqual([]);
  });

  it('is gone once deleted, and may come back', async () => {
    await store().put(item('brief', { type: 'brief' }));
    expect(await store().delete('brief', NOON)).toBe(true);
    expect(await store().delete('brief', NOON)).toBe(false);
    expect(await store().delete('none', NOON)).toBe(false);
    expect(await store().get('brief', NOON)).toBeUndefined();
    expect(await store().getMany(['brief'], NOON)).toEqual([]);
    expect((await store().listByType({ type: 'brief', limit: 5 })).items).toEqual([]);
    await store().put(item('brief', { type: 'brief', updatedAt: at(9) }));
    expect((await store().get('brief', NOON))?.updatedAt).toBe(at(9));
  });
});

describe('lists by type', () => {
  const type = 'listed';

  it('are in order of change, page by page, without the deleted', async () => {
    await store().bulkPut(Array.from({ length: 60 }, (_, n) => item(`l${n}`, { type, updatedAt: at(n) })));
    for (let n = 20; n < 40; n += 1) await store().delete(`l${n}`, NOON + 100 * 60_000);
    const expected = [
      ...Array.from({ length: 20 }, (_, n) => 59 - n),
      ...Array.from({ length: 20 }, (_, n) => 19 - n),
    ];
    const found: string[] = [];
    let after: string | null | undefined;
    do {
      const page = await store().listByType({ type, limit: 7, after: after ?? undefined });
      found.push(...page.items.map(({ itemId }) => itemId));
      after = page.after;
    } while (after);
    expect(found).toEqual(expected.map((n) => `l${n}`));
    expect((await store().listByType({ type, limit: 40 })).after).toBeNull();
    expect((await collect(store().listAll(type))).map(({ itemId }) => itemId)).toEqual([...found].reverse());
  });

  it('of changes begin at a moment and include deletions', async () => {
    const changes = await collect(store().changedSince(type, at(58)));
    expect(changes.slice(0, 2).map(({ itemId, deleted }) => [itemId, deleted])).toEqual([
      ['l58', false],
      ['l59', false],
    ]);
    expect(changes.slice(2).every(({ deleted }) => deleted)).toBe(true);
    expect(changes.length).toBe(22);
  });

  it('are whole beyond the megabyte that one answer holds', async () => {
    const description = 'x'.repeat(30_000);
    const items = Array.from({ length: 60 }, (_, n) =>
      item(`big${n}`, { type: 'big', description, updatedAt: at(n) }),
    );
    await store().bulkPut(items);
    expect((await collect(store().listAll('big'))).length).toBe(60);
    expect(
      (
        await store().getMany(
          items.map(({ itemId }) => itemId),
          NOON,
        )
      ).length,
    ).toBe(60);
  });
});

describe('a bulk upload', () => {
  it('takes more than one request holds, and the last of two with the same id', async () => {
    const items = Array.from({ length: 130 }, (_, n) => item(`b${n}`, { type: 'bulk' }));
    await store().bulkPut([...items, item('b7', { type: 'bulk', title: 'last' })]);
    const found = await store().getMany(
      items.map(({ itemId }) => itemId),
      NOON,
    );
    expect(found.length).toBe(130);
    expect(found.find(({ itemId }) => itemId === 'b7')?.title).toBe('last');
    await store().bulkPut([]);
  });
});

describe("the catalogue's version", () => {
  it('rises with every change, whoever makes it, and keeps all types', async () => {
    expect(await store().head()).toEqual({ version: 0, types: [] });
    const versions = await Promise.all([
      store().bump(['course']),
      store().bump(['video', 'course']),
      store().bump([]),
    ]);
    expect([...versions].sort()).toEqual([1, 2, 3]);
    expect(await store().head()).toEqual({ version: 3, types: ['course', 'video'] });
  });
});
