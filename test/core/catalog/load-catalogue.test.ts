import { describe, expect, it } from '@jest/globals';
import { type HeldCatalogue, loadCatalogue, noCatalogue } from '../../../core/catalog/load-catalogue.ts';
import type { CatalogChange, CatalogSnapshot, CatalogStore } from '../../../core/catalog/ports.ts';
import type { CatalogItem } from '../../../core/catalog/types.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const at = (minute: number): string => new Date(NOON + minute * 60_000).toISOString();

const item = (itemId: string, minute: number, title = `Title of ${itemId}`): CatalogItem => ({
  itemId,
  type: 'course',
  title,
  tags: [],
  topics: [],
  genres: [],
  skills: [],
  attributes: {},
  updatedAt: at(minute),
});

const stored = (changed: CatalogItem): CatalogChange => {
  const { itemId, updatedAt } = changed;
  return { itemId, updatedAt, item: changed, deleted: false };
};
const deleted = (itemId: string, minute: number): CatalogChange => ({
  itemId,
  updatedAt: at(minute),
  deleted: true,
});

/** A store of changes: what `loadCatalogue` asks of it, and since when it asked. */
const world = (version: number, changes: CatalogChange[], snapshot?: CatalogSnapshot) => {
  const asked: string[] = [];
  const catalog = {
    head: async () => ({ version, types: ['course'] }),
    async *changedSince(_: string, since: string) {
      asked.push(since);
      yield* changes.filter(({ updatedAt }) => updatedAt >= since);
    },
  } as Partial<CatalogStore> as CatalogStore;
  const snapshots = { put: async () => undefined, get: async () => snapshot };
  return { ports: { catalog, snapshots }, asked };
};

const titles = ({ catalogue }: HeldCatalogue): Record<string, string> =>
  Object.fromEntries([...catalogue.items].map(([id, { title }]) => [id, title]));

describe('the first catalogue of a process', () => {
  it('is read whole where there is no snapshot', async () => {
    const { ports, asked } = world(3, [stored(item('a', 0)), stored(item('b', 1))]);
    const held = await loadCatalogue(ports, noCatalogue());
    expect([...held.catalogue.items.keys()]).toEqual(['a', 'b']);
    expect(asked).toEqual(['']);
    expect(held.version).toBe(3);
  });

  it('starts from the snapshot and reads what changed since, a minute before it included', async () => {
    const snapshot = { takenAt: NOON, changedAt: at(10), items: [item('a', 0), item('b', 10), item('c', 5)] };
    const changes = [
      stored(item('a', 0)),
      stored(item('b', 20, 'New')),
      deleted('c', 15),
      stored(item('d', 12)),
    ];
    const { ports, asked } = world(9, changes, snapshot);
    const held = await loadCatalogue(ports, noCatalogue());
    expect(asked).toEqual([at(9)]);
    expect(titles(held)).toEqual({ a: 'Title of a', b: 'New', d: 'Title of d' });
    expect(held.catalogue.changedAt).toBe(at(20));
    expect(held.catalogue.newest).toEqual(['b', 'd', 'a']);
  });

  it('equals the one that was read whole', async () => {
    const items = Array.from({ length: 50 }, (_, n) => item(`i${n}`, (n * 7) % 50));
    const changes = items.map(stored);
    const snapshot = {
      takenAt: NOON,
      changedAt: at(30),
      items: items.filter(({ updatedAt }) => updatedAt <= at(30)),
    };
    const whole = await loadCatalogue(world(1, changes).ports, noCatalogue());
    const quick = await loadCatalogue(world(1, changes, snapshot).ports, noCatalogue());
    expect(titles(quick)).toEqual(titles(whole));
    expect(quick.catalogue.newest).toEqual(whole.catalogue.newest);
    expect(quick.catalogue.changedAt).toBe(whole.catalogue.changedAt);
  });
});

describe('a held catalogue', () => {
  it('never goes back to a snapshot', async () => {
    const held = await loadCatalogue(world(1, [stored(item('a', 0))]).ports, noCatalogue());
    const old = { takenAt: NOON, changedAt: at(-9), items: [item('gone', -9)] };
    const { ports, asked } = world(2, [stored(item('b', 3))], old);
    const next = await loadCatalogue(ports, held);
    expect(titles(next)).toEqual({ a: 'Title of a', b: 'Title of b' });
    expect(asked).toEqual([at(-1)]);
  });

  it('asks for changes twice more after a change, then only for the version', async () => {
    const { ports, asked } = world(1, [stored(item('a', 0))]);
    let held = noCatalogue();
    for (let load = 0; load < 5; load++) held = await loadCatalogue(ports, held);
    expect(asked).toHaveLength(3);
  });
});
