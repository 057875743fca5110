import { describe, expect, it } from '@jest/globals';
import { type HeldCatalogue, loadCatalogue, noCatalogue } from '../../../core/catalog/load-catalogue.ts';
import type { CatalogChange, CatalogSnapshot, CatalogStore } from '../../../core/catalog/ports.ts';
import type { CatalogItem } from '../../../core/catalog/types.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;
const minute = (number: number): string => new Date(NOON + number * MINUTE).toISOString();

const item = (itemId: string, changed: number): CatalogItem => ({
  itemId,
  type: 'course',
  title: `${itemId} at ${changed}`,
  tags: [],
  topics: [],
  genres: [],
  skills: [],
  attributes: {},
  updatedAt: minute(changed),
});

const stored = (changed: CatalogItem): CatalogChange => {
  const { itemId, updatedAt } = changed;
  return { itemId, updatedAt, item: changed, deleted: false };
};

/** Ports over a list of changes, and since when they were asked for. */
const world = (version: number, changes: CatalogChange[], snapshot?: CatalogSnapshot) => {
  const asked: string[] = [];
  const catalog = {
    head: async () => ({ version, types: ['course'] }),
    async *changedSince(_: string, since: string) {
      asked.push(since);
      yield* changes.filter(({ updatedAt }) => updatedAt >= since);
    },
  } as Partial<CatalogStore> as CatalogStore;
  return { ports: { catalog, snapshots: { put: async () => undefined, get: async () => snapshot } }, asked };
};

const titles = ({ catalogue }: HeldCatalogue): string[] =>
  [...catalogue.items.values()].map(({ title }) => title);

describe('the first catalogue of a process', () => {
  it('asks for what changed since the snapshot was taken, however old its newest change', async () => {
    const snapshot = { takenAt: NOON, changedAt: minute(-90), items: [item('a', -90), item('b', -90)] };
    const deleted: CatalogChange = { itemId: 'a', updatedAt: minute(3), deleted: true };
    const { ports, asked } = world(9, [stored(item('b', 2)), deleted, stored(item('c', -0.5))], snapshot);
    const held = await loadCatalogue(ports, noCatalogue(), NOON + 5 * MINUTE);
    expect(asked).toEqual([minute(-1)]);
    expect(titles(held).sort()).toEqual(['b at 2', 'c at -0.5']);
  });

  it('is read item by item where the snapshot cannot be read', async () => {
    const { ports, asked } = world(1, [stored(item('a', 0))]);
    const broken = { ...ports.snapshots, get: () => Promise.reject(new Error('corrupt')) };
    const held = await loadCatalogue({ ...ports, snapshots: broken }, noCatalogue(), NOON);
    expect(asked).toEqual(['']);
    expect(titles(held)).toEqual(['a at 0']);
  });

  it('equals the one that is read item by item', async () => {
    const items = Array.from({ length: 50 }, (_, n) => item(`i${n}`, (n * 7) % 50));
    const changes = items.map(stored);
    const contained = items.filter(({ updatedAt }) => updatedAt <= minute(30));
    const snapshot = { takenAt: NOON + 30 * MINUTE, changedAt: minute(30), items: contained };
    const now = NOON + 60 * MINUTE;
    const whole = await loadCatalogue(world(1, changes).ports, noCatalogue(), now);
    const quick = await loadCatalogue(world(1, changes, snapshot).ports, noCatalogue(), now);
    expect(titles(quick).sort()).toEqual(titles(whole).sort());
    expect(quick.catalogue.newest).toEqual(whole.catalogue.newest);
    expect(quick.catalogue.changedAt).toBe(whole.catalogue.changedAt);
  });
});

describe('a held catalogue', () => {
  it('never goes back to a snapshot', async () => {
    const held = await loadCatalogue(world(1, [stored(item('a', 0))]).ports, noCatalogue(), NOON + MINUTE);
    const old = { takenAt: NOON - 9 * MINUTE, changedAt: minute(-9), items: [item('gone', -9)] };
    const { ports, asked } = world(2, [stored(item('b', 3))], old);
    const next = await loadCatalogue(ports, held, NOON + 4 * MINUTE);
    expect(titles(next)).toEqual(['a at 0', 'b at 3']);
    expect(asked).toEqual([minute(0)]);
  });

  it('does not read an import again that ended long before the last reading', async () => {
    const all = Array.from({ length: 20 }, (_, n) => stored(item(`i${n}`, 0)));
    const { ports, asked } = world(1, all);
    let held = noCatalogue();
    for (let load = 1; load <= 5; load++) held = await loadCatalogue(ports, held, NOON + load * 10 * MINUTE);
    expect(asked).toEqual(['', minute(9), minute(19)]);
  });
});
