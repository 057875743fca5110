import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { homepageStore } from '../../../adapters/dynamodb/stores/homepage-store.ts';
import { precomputedStore } from '../../../adapters/dynamodb/stores/precomputed-store.ts';
import { usersStore } from '../../../adapters/dynamodb/stores/users-store.ts';
import { PAGE_TTL_MS } from '../../../core/homepage/kept-page.ts';
import type { HomepageStore, KeptPage } from '../../../core/homepage/types.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

let table: TestTable;
let store: HomepageStore;
let used: string[];
let now = NOW;
beforeAll(async () => {
  table = await testTable();
  used = [];
  store = homepageStore({
    ...table,
    clock: () => now,
    meter: (operation, units) => void used.push(`${operation} ${units}`),
  });
});
afterAll(() => table.close());

const page = (given: Partial<KeptPage> = {}): KeptPage => ({
  domain: 'film',
  modelVersion: 3,
  profileVersion: 2,
  behaviourSeq: 7,
  catalogueAt: '2026-11-20T00:00:00.000Z',
  computedAt: NOW,
  precomputed: false,
  hero: {
    id: 'studio',
    title: 'Films',
    subtitle: 'About people',
    ctaText: 'Look',
    ctaTarget: '/',
    matchReason: 'Shown to everybody',
    confidence: 0,
  },
  sections: {
    featuredProjects: [['project-1', 731, 402, 'The same format', { matching: 500, popular: 231 }]],
    testimonials: [],
    services: [],
  },
  ...given,
});

describe('homepages of users', () => {
  it('are read back as they were put, for a write unit and half a read unit', async () => {
    expect(await store.get('nobody')).toBeUndefined();
    await store.put('ada', page());
    used = [];
    expect(await store.get('ada')).toEqual(page());
    expect(used).toEqual(['readHomepage 0.5']);
    await store.put('ada', page({ behaviourSeq: 8 }));
    expect((await store.get('ada'))?.behaviourSeq).toBe(8);
  });

  it('do not come with what is read of every user', async () => {
    await store.put('bob', page());
    const { units } = await usersStore(table).load('bob');
    expect(units).toBeLessThanOrEqual(1);
  });

  it('come in numbers from the night', async () => {
    const rows = Array.from({ length: 60 }, (_, n) => ({
      userId: `user-${n}`,
      page: page({ behaviourSeq: n }),
    }));
    expect(await store.putMany(rows)).toBe(60);
    expect((await store.get('user-59'))?.behaviourSeq).toBe(59);
  });

  it('are gone after their time, and with the list that is forgotten', async () => {
    await store.put('eve', page());
    now = NOW + PAGE_TTL_MS + 1_000;
    expect(await store.get('eve')).toBeUndefined();
    now = NOW;
    expect(await store.get('eve')).toBeDefined();
    await precomputedStore(table).remove('eve');
    expect(await store.get('eve')).toBeUndefined();
  });
});

describe('homepages for many users', () => {
  it('are read by name, those of one product', async () => {
    expect(await store.shared('film')).toEqual(new Map());
    await store.putShared(
      'film',
      new Map([
        ['everybody', page()],
        ['power_user', page({ modelVersion: 4 })],
      ]),
    );
    await store.putShared('saas', new Map([['everybody', page({ domain: 'saas' })]]));
    const found = await store.shared('film');
    expect([...found.keys()].sort()).toEqual(['everybody', 'power_user']);
    expect(found.get('power_user')?.modelVersion).toBe(4);
    now = NOW + PAGE_TTL_MS + 1_000;
    expect((await store.shared('film')).size).toBe(0);
    now = NOW;
  });
});
