import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { catalogStore } from '../../../adapters/dynamodb/stores/catalog-store.ts';
import { integrateAnalysis } from '../../../core/catalog/content-analysis.ts';
import type { CatalogItem } from '../../../core/catalog/types.ts';
import { cutOffClient, WorkerDied } from '../../support/cut-off-client.ts';
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

describe('changes of one item in one moment', () => {
  it('are in the order in which they were stored, whatever the clocks of their writers say', async () => {
    const type = 'ordered';
    const stored = (title: string, updatedAt: string) =>
      store().put(item('same', { type, title, updatedAt }));
    expect((await stored('first', at(5))).updatedAt).toBe(at(5));
    const second = await stored('second', at(5));
    const third = await stored('third', at(1));
    expect(at(5) < second.updatedAt && second.updatedAt < third.updatedAt).toBe(true);
    expect(await store().get('same', NOON)).toEqual(third);
    expect(await store().delete('same', NOON)).toBe(true);
    const [gone] = await collect(store().changedSince(type, ''));
    expect(gone).toMatchObject({ itemId: 'same', deleted: true });
    expect(gone!.updatedAt > third.updatedAt).toBe(true);
    const back = await stored('back', at(2));
    expect(back.updatedAt > gone!.updatedAt).toBe(true);
    expect((await collect(store().changedSince(type, ''))).map(({ deleted }) => deleted)).toEqual([false]);
  });

  it('each have a time of their own where many come at once', async () => {
    const all = await Promise.all(
      [0, 1, 2, 3].map((n) => store().put(item('crowd', { title: `${n}`, updatedAt: at(0) }))),
    );
    expect(new Set(all.map(({ updatedAt }) => updatedAt)).size).toBe(all.length);
    const last = all.toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))[0];
    expect(await store().get('crowd', NOON)).toEqual(last);
  });
});

describe('another description', () => {
  const before = item('film', { type: 'film', budget: { min: 5 } });
  const after = { ...before, topics: ['night'], tags: ['retro'], attributes: { style: 'retro' } };

  it('replaces topics, tags and attributes, later than what was read', async () => {
    await store().put(before);
    expect(await store().redescribe(before, after)).toBe(true);
    const stored = await store().get('film', NOON);
    expect(stored).toEqual({ ...after, updatedAt: stored!.updatedAt });
    expect(stored!.updatedAt > before.updatedAt).toBe(true);
    const { items } = await store().listByType({ type: 'film', limit: 5 });
    expect(items).toEqual([stored]);
    expect(await store().redescribe(before, after)).toBe(false);
  });

  it('is refused where the item changed since, even in the same millisecond, or is gone', async () => {
    const read = await store().put(item('moved', { type: 'film' }));
    await store().put({ ...read, attributes: { price: 13 } });
    expect(await store().redescribe(read, { ...read, topics: ['night'] })).toBe(false);
    expect((await store().get('moved', NOON))?.attributes).toEqual({ price: 13 });
    await store().delete('moved', NOON);
    expect(await store().redescribe(read, { ...read, topics: ['night'] })).toBe(false);
    expect(await store().redescribe(item('never'), item('never', { topics: ['x'] }))).toBe(false);
    expect(await store().get('never', NOON)).toBeUndefined();
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

describe('an analysis that is cut off', () => {
  it.each([1, 2])('before write %i is told to all readers by the next call', async (write) => {
    const itemId = `cut-${write}`;
    const told = { contentId: itemId, analysis: { topics: ['harbour'] } };
    await store().put(item(itemId));
    const { version } = await store().head();
    const { client } = cutOffClient(table.client, { cutOff: { write, when: 'before' } });
    const dying = catalogStore({ ...table, client });
    await expect(integrateAnalysis(dying, told, NOON)).rejects.toThrow(WorkerDied);
    expect((await store().head()).version).toBe(version);
    const { changed, topics } = await integrateAnalysis(store(), told, NOON);
    expect([changed.length > 0, topics]).toEqual([write === 1, ['harbour']]);
    expect((await store().head()).version).toBe(version + 1);
    expect((await store().get(itemId, NOON))?.topics).toEqual(['harbour']);
  });
});
