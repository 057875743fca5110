import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildDataset, withoutLatest } from '../../../core/learn/data/dataset.ts';
import { holdOutLatest } from '../../../core/learn/data/holdout.ts';
import { interactionWeights } from '../../../core/learn/data/interaction-weights.ts';
import { DEFAULT_PARAMS } from '../../../core/learn/hybrid/training-params.ts';
import { contentModel } from '../../../core/learn/lists/content-model.ts';
import {
  contentNeighbours,
  matchTerms,
  similarToItem,
} from '../../../core/learn/lists/content-neighbours.ts';
import { itemNeighbours } from '../../../core/learn/lists/item-neighbours.ts';
import { listOf } from '../../../core/learn/lists/neighbour-lists.ts';
import { transitions } from '../../../core/learn/lists/transitions.ts';
import { popularity } from '../../../core/learn/rankings/popularity.ts';
import { segmentFavourites } from '../../../core/learn/rankings/segment-favourites.ts';
import type { TrainingRow } from '../../../core/learn/types.ts';
import { catalogItem } from '../recommend/recommend-world.ts';

const DAY_MS = 86_400_000;

const row = fc.record({
  user: fc.integer({ min: 0, max: 5 }).map((n) => `u${n}`),
  item: fc.integer({ min: 0, max: 7 }).map((n) => `i${n}`),
  weight: fc.constantFrom(0.5, 1, 3),
  at: fc.integer({ min: 0, max: 20 }),
});
const someRows = fc.array(row, { maxLength: 60 });
const RUNS = { seed: 3, numRuns: 200 };

function sequenceOf(rows: readonly TrainingRow[], user: string): string[] {
  const latest = new Map<string, { at: number; place: number }>();
  rows.forEach((one, place) => {
    const known = latest.get(one.item);
    if (one.user === user && (known === undefined || one.at >= known.at))
      latest.set(one.item, { at: one.at, place });
  });
  return [...latest].sort(([, a], [, b]) => a.at - b.at || a.place - b.place).map(([item]) => item);
}

describe('buildDataset', () => {
  it('holds every user and item once, in the order of the latest times, with the greatest weight', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const dataset = buildDataset(rows);
        dataset.users.forEach((user, number) => {
          const [from, to] = [dataset.userStart[number]!, dataset.userStart[number + 1]!];
          const items = [...dataset.userItem.subarray(from, to)].map((item) => dataset.items[item]!);
          expect(items).toEqual(sequenceOf(rows, user));
          items.forEach((item, at) => {
            const weights = rows
              .filter((one) => one.user === user && one.item === item)
              .map(({ weight }) => weight);
            expect(dataset.userWeight[from + at]).toBe(Math.max(...weights));
          });
        });
      }),
      RUNS,
    );
  });

  it('says the same by item as by user', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const dataset = buildDataset(rows);
        let pairs = 0;
        for (let item = 0; item < dataset.items.length; item++) {
          for (let at = dataset.itemStart[item]!; at < dataset.itemStart[item + 1]!; at++) {
            const position = dataset.itemPosition[at]!;
            const user = dataset.itemUser[at]!;
            expect(dataset.userItem[position]).toBe(item);
            expect(position >= dataset.userStart[user]! && position < dataset.userStart[user + 1]!).toBe(
              true,
            );
            pairs += 1;
          }
        }
        expect(pairs).toBe(dataset.size);
      }),
      RUNS,
    );
  });

  it('leaves out rows without a positive weight or a time, and grows beyond its first room', () => {
    const bad = [0, -1, Number.NaN, Number.POSITIVE_INFINITY].map((weight) => ({
      user: 'a',
      item: 'x',
      weight,
      at: 1,
    }));
    expect(buildDataset([...bad, { user: 'a', item: 'x', weight: 1, at: Number.NaN }]).size).toBe(0);
    const many = Array.from({ length: 5000 }, (_, at) => ({
      user: `u${at % 70}`,
      item: `i${at}`,
      weight: 1,
      at,
    }));
    expect(buildDataset(many).size).toBe(5000);
  });
});

describe('holding back', () => {
  it('takes the newest item of the users who have three, and nothing else', () => {
    fc.assert(
      fc.property(someRows, fc.integer({ min: 0, max: 6 }), (rows, most) => {
        const dataset = buildDataset(rows);
        const { train, users, heldBack } = holdOutLatest(dataset, most);
        expect(users.length).toBeLessThanOrEqual(most);
        expect(train.size).toBe(dataset.size - users.length);
        users.forEach((user, at) => {
          const before = [
            ...dataset.userItem.subarray(dataset.userStart[user]!, dataset.userStart[user + 1]!),
          ];
          const after = [...train.userItem.subarray(train.userStart[user]!, train.userStart[user + 1]!)];
          expect([...after, heldBack[at]]).toEqual(before);
          expect(before.length).toBeGreaterThanOrEqual(3);
        });
      }),
      RUNS,
    );
  });

  it('is what building from the remaining rows gives', () => {
    const rows = ['x', 'y', 'z'].map((item, at) => ({ user: 'a', item, weight: 1, at }));
    const rest = withoutLatest(buildDataset([...rows, { user: 'b', item: 'x', weight: 1, at: 9 }]), [0]);
    expect([...rest.userItem].map((item) => rest.items[item])).toEqual(['x', 'y', 'x']);
    expect([...rest.itemStart]).toEqual([0, 2, 3, 3]);
  });
});

describe('neighbour lists', () => {
  it('are bounded, sorted, within 0-1, without the item itself, and the same for the same rows', () => {
    fc.assert(
      fc.property(someRows, fc.boolean(), (rows, ordered) => {
        const dataset = buildDataset(rows);
        const params = { ...DEFAULT_PARAMS, collaborativeNeighbours: 3, sequentialNeighbours: 3 };
        const train = ordered ? transitions : itemNeighbours;
        const lists = train(dataset, params);
        expect(train(dataset, params)).toEqual(lists);
        dataset.items.forEach((name, item) => {
          const list = listOf(lists, item, dataset.items);
          expect(list.length).toBeLessThanOrEqual(3);
          expect(list.map(({ itemId }) => itemId)).not.toContain(name);
          const scores = list.map(({ score }) => score);
          expect(scores).toEqual([...scores].sort((a, b) => b - a));
          expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
        });
      }),
      RUNS,
    );
  });

  it('leave out what may not be recommended, but keep its own list', () => {
    const rows = ['x', 'y', 'z'].map((item, at) => ({ user: 'a', item, weight: 1, at }));
    const dataset = buildDataset(rows);
    const lists = itemNeighbours(dataset, DEFAULT_PARAMS, { servable: Uint8Array.from([1, 0, 1]) });
    expect(listOf(lists, 0, dataset.items).map(({ itemId }) => itemId)).toEqual(['z']);
    expect(listOf(lists, 1, dataset.items)).toHaveLength(2);
  });

  it('do not change with the scale of the weights', () => {
    const rows = [
      { user: 'a', item: 'x', weight: 1, at: 1 },
      { user: 'a', item: 'y', weight: 2, at: 2 },
      { user: 'b', item: 'y', weight: 4, at: 1 },
      { user: 'b', item: 'z', weight: 1, at: 2 },
    ];
    const scaled = rows.map((one) => ({ ...one, weight: 100 * one.weight }));
    const [plain, large] = [rows, scaled].map((some) => itemNeighbours(buildDataset(some), DEFAULT_PARAMS));
    plain!.scores.forEach((score, at) => void expect(large!.scores[at]).toBeCloseTo(score, 5));
  });

  it('halve an interaction per half-life before the newest', () => {
    const dataset = buildDataset([
      { user: 'a', item: 'x', weight: 1, at: 0 },
      { user: 'b', item: 'x', weight: 1, at: 10 * DAY_MS },
    ]);
    const [old, fresh] = interactionWeights(dataset, 10);
    expect(fresh! / old!).toBeCloseTo(2, 5);
    expect([...interactionWeights(dataset, 0)]).toEqual([1, 1]);
  });
});

describe('popular lists', () => {
  const rows = [
    ...['a', 'b', 'c'].map((user) => ({ user, item: 'x', weight: 1, at: 0 })),
    ...['a', 'b'].map((user) => ({ user, item: 'y', weight: 1, at: 0 })),
    { user: 'c', item: 'z', weight: 1, at: 0 },
  ];

  it('rank by feedback, as shares of the first, and count users', () => {
    expect(popularity(buildDataset(rows), { keep: 2, halfLifeDays: 0 })).toEqual([
      { itemId: 'x', score: 1, count: 3 },
      { itemId: 'y', score: 0.6667, count: 2 },
    ]);
  });

  it('count repetitions by one user once', () => {
    const repeated = [
      ...rows,
      ...Array.from({ length: 9 }, () => ({ user: 'c', item: 'z', weight: 1, at: 5 })),
    ];
    expect(popularity(buildDataset(repeated), { keep: 3, halfLifeDays: 0 })[0]!.itemId).toBe('x');
  });

  it('by segment count that segment alone, and users without one nowhere', () => {
    const segmentOf = (user: string) => ({ a: 'power_user', c: '__proto__' })[user];
    const favourites = segmentFavourites(buildDataset(rows), segmentOf, { keep: 5, halfLifeDays: 0 });
    expect(Object.keys(favourites).sort()).toEqual(['__proto__', 'power_user']);
    expect(favourites.power_user!.map(({ itemId, count }) => [itemId, count])).toEqual([
      ['x', 1],
      ['y', 1],
    ]);
  });
});

describe('content', () => {
  const items = [
    catalogItem('a', { title: 'Gardens of Porto', tags: ['real estate', 'garden'] }),
    catalogItem('b', { title: 'Garden houses', tags: ['real estate'] }),
    catalogItem('c', { title: 'State of the union', tags: ['politics'] }),
    catalogItem('d', { title: 'Cooking', tags: ['food'] }),
  ];
  const model = contentModel(items);

  it('matches phrases as a whole before their words, and names the phrase that carried', () => {
    const matches = matchTerms(model, ['Real Estates', 'food'], 10);
    expect(matches.map(({ itemId }) => itemId).sort()).toEqual(['a', 'b', 'd']);
    expect(matches.find(({ itemId }) => itemId === 'd')!.term).toBe('food');
    expect(matches.find(({ itemId }) => itemId === 'a')!.term).toBe('Real Estates');
  });

  it('is not diluted by further interests', () => {
    const alone = matchTerms(model, ['food'], 1)[0]!.score;
    const among = matchTerms(model, ['food', 'chess', 'real estate', 'politics'], 4);
    expect(among.find(({ itemId }) => itemId === 'd')!.score).toBeGreaterThanOrEqual(alone);
  });

  it('finds the like of an item that it does not know', () => {
    const unknown = catalogItem('new', { title: 'A garden', tags: ['real estate'] });
    expect(
      similarToItem(model, unknown, 2)
        .map(({ itemId }) => itemId)
        .sort(),
    ).toEqual(['a', 'b']);
    expect(similarToItem(model, catalogItem('none', { title: 'zzz', type: 'other' }), 5)).toEqual([]);
  });

  it('gives a known item the neighbours that its list has', () => {
    const lists = contentNeighbours(model, 3);
    for (const [at, item] of items.entries()) {
      const direct = similarToItem(model, item, 3);
      const listed = listOf(lists, at, model.itemIds);
      expect(direct.map(({ itemId }) => itemId)).toEqual(listed.map(({ itemId }) => itemId));
    }
  });

  it('of an empty catalogue is empty', () => {
    const empty = contentModel([]);
    expect(matchTerms(empty, ['garden'], 5)).toEqual([]);
    expect(contentNeighbours(empty, 5).sizes).toHaveLength(0);
  });
});
