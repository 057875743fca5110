import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyChanges, emptyCatalogue } from '../../../core/catalog/catalogue.ts';
import { type HeldCatalogue, loadCatalogue, noCatalogue } from '../../../core/catalog/load-catalogue.ts';
import type { CatalogChange, CatalogSnapshots, CatalogStore } from '../../../core/catalog/ports.ts';
import { catalogItem } from '../recommend/recommend-world.ts';

const NEW_YEAR = Date.UTC(2026, 0, 1);
const iso = (at: number) => new Date(NEW_YEAR + at).toISOString();
const put = (itemId: string, at: number): CatalogChange => ({
  itemId,
  updatedAt: iso(at),
  item: catalogItem(itemId, { updatedAt: iso(at), title: `${itemId} at ${at}` }),
  deleted: false,
});
const removal = (itemId: string, at: number): CatalogChange => ({
  itemId,
  updatedAt: iso(at),
  deleted: true,
});

/** Each item changes at different moments, as the table's key makes sure of. */
const changes = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 200 }), fc.boolean()), {
    selector: ([item, at]) => `${item} ${at}`,
    maxLength: 40,
  })
  .map((rows) =>
    rows.map(([item, at, deleted]) => (deleted ? removal(`i${item}`, at) : put(`i${item}`, at))),
  );

describe('the catalogue in memory', () => {
  it('is what the last change of every item left, in whatever order they are read at once', () => {
    const property = fc.property(changes, fc.infiniteStream(fc.nat()), (made, random) => {
      const shuffled = [...made].sort(() => ((random.next().value as number) % 3) - 1);
      const { items } = applyChanges(emptyCatalogue(), shuffled);
      const last = new Map<string, CatalogChange>();
      for (const change of [...made].sort((a, b) => a.updatedAt.localeCompare(b.updatedAt)))
        last.set(change.itemId, change);
      const expected = [...last.values()]
        .filter(({ deleted }) => !deleted)
        .map(({ itemId, updatedAt }) => [itemId, updatedAt]);
      expect(new Map([...items].map(([id, item]) => [id, item.updatedAt]))).toEqual(
        new Map(expected as [string, string][]),
      );
    });
    fc.assert(property, { seed: 20261121, numRuns: 200 });
  });

  it('does not take back what it has: neither an older item nor an older deletion counts', () => {
    const held = applyChanges(emptyCatalogue(), [put('a', 10)]);
    expect(applyChanges(held, [put('a', 5)]).items.get('a')?.title).toBe('a at 10');
    expect(applyChanges(held, [removal('a', 5)]).items.has('a')).toBe(true);
    expect(applyChanges(held, [removal('a', 10)]).items.has('a')).toBe(false);
    expect(applyChanges(held, [put('a', 10)])).toEqual({ ...held, changedAt: held.changedAt });
  });

  it('lists the newest first: by publication, else by change', () => {
    const published: CatalogChange = {
      itemId: 'p',
      updatedAt: iso(1),
      item: catalogItem('p', { updatedAt: iso(1), publishedAt: iso(50) }),
      deleted: false,
    };
    expect(applyChanges(emptyCatalogue(), [put('a', 60), published, put('b', 40)]).newest).toEqual([
      'a',
      'p',
      'b',
    ]);
  });

  it('leaves the value before as it was', () => {
    const before = applyChanges(emptyCatalogue(), [put('a', 1)]);
    applyChanges(before, [removal('a', 2), put('b', 3)]);
    expect([...before.items.keys()]).toEqual(['a']);
  });
});

/** Ports over a list of changes that tell which questions were asked. */
const portsOf = (version: number, all: CatalogChange[]) => {
  const asked: string[] = [];
  const catalog = {
    head: async () => ({ version, types: ['article'] }),
    changedSince: async function* (_: string, since: string) {
      asked.push(since);
      yield* all.filter(({ updatedAt }) => updatedAt >= since);
    },
  } as unknown as CatalogStore;
  const snapshots: CatalogSnapshots = { get: async () => undefined, put: async () => {} };
  return { ports: { catalog, snapshots }, asked };
};
const idsOf = ({ catalogue }: HeldCatalogue) => [...catalogue.items.keys()].sort();

describe('bringing it up to date', () => {
  const NOW = Date.parse(iso(300_000));

  it('reads everything first, nothing while the version stands, then what changed, with an overlap of a minute', async () => {
    const first = portsOf(1, [put('a', 100_000)]);
    let held = await loadCatalogue(first.ports, noCatalogue(), NOW);
    expect([first.asked, idsOf(held)]).toEqual([[''], ['a']]);
    for (let again = 0; again < 5; again += 1) held = await loadCatalogue(first.ports, held, NOW);
    // Two more looks, since the index may lag behind the version.
    expect(first.asked).toEqual(['', iso(240_000), iso(240_000)]);
    const second = portsOf(2, [put('a', 100_000), put('b', 310_000), put('late', 250_000)]);
    held = await loadCatalogue(second.ports, held, NOW + 20_000);
    expect([second.asked, idsOf(held)]).toEqual([[iso(240_000)], ['a', 'b', 'late']]);
  });
});
