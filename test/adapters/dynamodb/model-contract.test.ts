import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelStore } from '../../../adapters/dynamodb/stores/model-store.ts';
import type { ItemNeighbours, RankedItem } from '../../../core/learn/types.ts';
import type { ModelInService } from '../../../core/recommend/ports.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';
import { NOON } from '../../support/interactions.ts';

let table: TestTable;
let units = 0;
const store = () =>
  modelStore({
    ...table,
    meter: (_, used) => {
      units += used;
    },
  });

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const ranked = (prefix: string, count: number): RankedItem[] =>
  Array.from({ length: count }, (_, n) => ({
    itemId: `${prefix}${n}`,
    score: 1 / (n + 1),
    count: 1_000 - n,
  }));

const neighbours = (prefix: string, count = 3): ItemNeighbours => ({
  collaborative: ranked(prefix, count),
  sequential: ranked(prefix, count).map(({ itemId, score }) => ({ itemId, score })),
  content: [],
});

const rounded = (lists: ItemNeighbours): ItemNeighbours => {
  const round = (list: RankedItem[]) =>
    list.map((one) => ({ ...one, score: Math.round(one.score * 1e4) / 1e4 }));
  return {
    collaborative: round(lists.collaborative),
    sequential: round(lists.sequential),
    content: round(lists.content),
  };
};

describe('neighbour lists', () => {
  it('are found by item and model version, scores to four places', async () => {
    const rows = ['a', 'b'].map((itemId) => ({ itemId, neighbours: neighbours(itemId) }));
    expect(await store().putNeighbours(rows, { version: 4 })).toBe(2);
    const found = await store().getNeighbours(['a', 'b', 'c'], { version: 4 });
    expect([...found.keys()].sort()).toEqual(['a', 'b']);
    expect(found.get('a')).toEqual(rounded(neighbours('a')));
    expect((await store().getNeighbours(['a'], { version: 5 })).size).toBe(0);
    expect((await store().getNeighbours([], { version: 4 })).size).toBe(0);
  });

  it('of a newer model in the same place hide those of the older', async () => {
    await store().putNeighbours([{ itemId: 'a', neighbours: neighbours('new') }], { version: 7 });
    expect((await store().getNeighbours(['a', 'b'], { version: 4 })).size).toBe(1);
    expect((await store().getNeighbours(['a'], { version: 7 })).get('a')?.collaborative[0]?.itemId).toBe(
      'new0',
    );
  });

  it('are cut to what half a read unit pays for, best first', async () => {
    const name = () => Math.random().toString(36).slice(2);
    const list = Array.from({ length: 600 }, (_, n) => ({ itemId: name() + name(), score: 1 - n / 600 }));
    const row = {
      itemId: 'wide',
      neighbours: { collaborative: list, sequential: list.slice(300), content: [] },
    };
    await store().putNeighbours([row], { version: 5 });
    units = 0;
    const found = (await store().getNeighbours(['wide'], { version: 5 })).get('wide');
    expect(units).toBe(0.5);
    expect(found?.collaborative.length).toBeGreaterThan(100);
    expect(found?.collaborative.map(({ itemId }) => itemId)).toEqual(
      list.slice(0, found?.collaborative.length).map(({ itemId }) => itemId),
    );
  });
});

describe('the model in service', () => {
  const model = (version: number): ModelInService => ({
    version,
    slot: version % 3,
    weights: {
      collaborative: 1,
      sequential: 0.5,
      content: 0,
      popular: 0.1,
      interests: 0.2,
      positionDecay: 0.9,
      halfScore: 0.3,
    },
    trainedAt: NOON,
    counts: { users: 1, items: 2, interactions: 3 },
    notes: { evaluation: { hitRate10: 0.09 } },
  });

  it('is the latest that was promoted', async () => {
    expect(await store().getModel()).toBeUndefined();
    await store().putModel(model(2));
    await store().putModel(model(2));
    await expect(store().putModel(model(1))).rejects.toMatchObject({ kind: 'conflict' });
    await store().putModel(model(3));
    expect(await store().getModel()).toEqual(model(3));
  });
});

describe('rankings', () => {
  it('are replaced whole, long and short ones', async () => {
    expect(await store().getRanking('popular')).toBeUndefined();
    const long = { generatedAt: NOON, items: ranked('p', 2_500) };
    await store().putRanking('popular', long);
    await store().putRanking('segment:power_user', {
      generatedAt: NOON,
      items: [{ itemId: 's', score: 9, growth: 2.5 }],
    });
    expect(await store().getRanking('popular')).toEqual(long);
    const short = { generatedAt: NOON + 1, items: ranked('q', 3) };
    await store().putRanking('popular', short);
    expect(await store().getRanking('popular')).toEqual(short);
    await store().putRanking('trending', { generatedAt: NOON, items: [] });
    const all = await store().allRankings();
    expect([...all.keys()].sort()).toEqual(['popular', 'segment:power_user', 'trending']);
    expect(all.get('segment:power_user')?.items).toEqual([{ itemId: 's', score: 9, growth: 2.5 }]);
    expect(all.get('trending')?.items).toEqual([]);
  });
});
