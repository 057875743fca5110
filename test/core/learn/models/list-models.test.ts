import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildDataset, type Dataset } from '../../../../core/learn/data/dataset.ts';
import { historyOf, NO_HISTORY } from '../../../../core/learn/evaluate/experiment.ts';
import { keepPairs } from '../../../../core/learn/lists/pair-counts.ts';
import { contentModel } from '../../../../core/learn/models/content.ts';
import { itemKnnLists, itemKnnModel } from '../../../../core/learn/models/item-knn.ts';
import type { Scorer, TrainingContext } from '../../../../core/learn/models/model.ts';
import { popularModel } from '../../../../core/learn/models/popular.ts';
import { plainKernels } from '../../../../core/numbers/plain-kernels.ts';
import { catalogItem } from '../../recommend/recommend-world.ts';

const RUNS = { seed: 6, numRuns: 150 };

const context = (items: readonly { itemId: string; tags: string[] }[] = []): TrainingContext => ({
  kernels: plainKernels(1e8),
  seed: 1,
  memoryBytes: 1e8,
  catalog: items.map(({ itemId, tags }) => catalogItem(itemId, { type: '', title: '', tags })),
});

const datasetOf = (histories: readonly (readonly string[])[]): Dataset =>
  buildDataset(
    histories.flatMap((items, user) => items.map((item, at) => ({ user: `u${user}`, item, weight: 1, at }))),
  );

const scores = (scorer: Scorer, dataset: Dataset, user?: number): Record<string, number> => {
  const out = new Float32Array(dataset.items.length);
  scorer.score([user === undefined ? NO_HISTORY : historyOf(dataset, user)], out);
  return Object.fromEntries(dataset.items.map((item, at) => [item, out[at]!]));
};

const best = (scored: Record<string, number>): string[] =>
  Object.keys(scored).sort((a, b) => scored[b]! - scored[a]!);

describe('popular', () => {
  it('scores an item by the number of users who chose it, the same for everybody', () => {
    const dataset = datasetOf([
      ['a', 'b'],
      ['b', 'b'],
      ['b', 'c', 'a'],
    ]);
    const scorer = popularModel.train(dataset, {}, context());
    expect(scores(scorer, dataset)).toEqual({ a: 2, b: 3, c: 1 });
    expect(scores(scorer, dataset, 1)).toEqual({ a: 2, b: 3, c: 1 });
  });
});

describe('item-knn', () => {
  const cosine = {
    ...itemKnnModel.defaults,
    shrinkage: 0,
    userExponent: 0,
    sourceExponent: 0.5,
    popularityExponent: 0.5,
    positionDecay: 1,
  };

  it('is the cosine without shrinkage and with exponents of 0.5', () => {
    const dataset = datasetOf([['a', 'b'], ['a', 'b'], ['a', 'c'], ['a']]);
    const scored = scores(itemKnnModel.train(dataset, cosine, context()), dataset, 3);
    expect(scored.b).toBeCloseTo(2 / Math.sqrt(4 * 2), 6);
    expect(scored.c).toBeCloseTo(1 / Math.sqrt(4 * 1), 6);
  });

  it('counts a heavy user less, later items more, and shrinks what few users tell', () => {
    const dataset = datasetOf([
      ['a', 'b', 'c', 'd'],
      ['a', 'e'],
      ['x', 'a'],
    ]);
    const weighed = { ...cosine, userExponent: 1, shrinkage: 2, positionDecay: 0.5 };
    const scored = scores(itemKnnModel.train(dataset, weighed, context()), dataset, 2);
    expect(scored.b).toBeCloseTo(0.25 / (Math.sqrt(3) + 2), 6);
    expect(scored.e).toBeCloseTo(0.5 / (Math.sqrt(3) + 2), 6);
    expect(scored.a).toBeCloseTo((0.5 * 0.5) / (Math.sqrt(3) + 2), 6);
  });

  it('keeps the most similar neighbours and forms pairs of the latest items only', () => {
    const dataset = datasetOf([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'c'],
      ['old', 'a', 'b'],
    ]);
    const lists = itemKnnLists(dataset, { ...cosine, neighbours: 1, itemsPerUser: 2 });
    const a = dataset.itemIndex.get('a')!;
    expect([...lists.sizes]).toEqual([1, 1, 1, 0]);
    expect(dataset.items[lists.ids[a * lists.stride]!]).toBe('b');
  });

  it('recommends what is popular to somebody new, and orders unrelated items so', () => {
    const dataset = datasetOf([['a', 'b'], ['b', 'c'], ['b'], ['x', 'y'], ['y']]);
    const scorer = itemKnnModel.train(dataset, cosine, context());
    expect(best(scores(scorer, dataset))[0]).toBe('b');
    expect(best(scores(scorer, dataset, 0)).slice(-2)).toEqual(['y', 'x']);
  });

  it('makes the same lists from kept pairs, whatever the data', () => {
    const person = fc.array(
      fc.integer({ min: 0, max: 9 }).map((n) => `i${n}`),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.array(person, { maxLength: 8 }), fc.constantFrom(2, 1000), (people, itemsPerUser) => {
        const dataset = datasetOf(people);
        const params = { ...itemKnnModel.defaults, itemsPerUser };
        const kept = keepPairs(dataset, params, 1e6);
        const direct = itemKnnLists(dataset, params);
        expect(itemKnnLists(dataset, params, { kept }).ids).toEqual(direct.ids);
        for (let item = 0; item < dataset.items.length; item++) {
          const list = direct.ids.subarray(item * direct.stride, item * direct.stride + direct.sizes[item]!);
          expect(new Set(list).size).toBe(list.length);
          expect(list.includes(item)).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('keeps no pairs where there may be too many', () => {
    expect(keepPairs(datasetOf([['a', 'b', 'c']]), itemKnnModel.defaults, 8)).toBeUndefined();
  });

  it('chooses what is open and leaves what is fixed', () => {
    const dataset = datasetOf([
      ['a', 'b'],
      ['a', 'c'],
    ]);
    const { params, tried } = itemKnnModel.choose!(dataset, () => 0.5, {
      context: context(),
      fixed: { neighbours: 3, shrinkage: 7 },
      cases: { histories: [], targets: [] },
    });
    expect(params).toEqual({ ...itemKnnModel.defaults, neighbours: 3, shrinkage: 7 });
    expect(tried.every((trial) => trial.params.neighbours === 3 && trial.params.shrinkage === 7)).toBe(true);
  });
});

describe('content', () => {
  const catalog = [
    { itemId: 'a', tags: ['jazz', 'live'] },
    { itemId: 'b', tags: ['jazz', 'live'] },
    { itemId: 'c', tags: ['opera'] },
    { itemId: 'untouched', tags: ['jazz'] },
  ];
  const dataset = { ...datasetOf([['a'], ['c', 'b'], ['c']]) };
  const params = { latest: 5, positionDecay: 0.5, popularity: 0 };

  it('finds what has the same tags', () => {
    const scored = scores(contentModel.train(dataset, params, context(catalog)), dataset, 0);
    expect(best(scored).slice(0, 2)).toEqual(['a', 'b']);
    expect(scored.c).toBe(0);
  });

  it('looks at the latest items, the newest most', () => {
    const scored = (changes: Partial<typeof params>) =>
      scores(contentModel.train(dataset, { ...params, ...changes }, context(catalog)), dataset, 1);
    expect(scored({}).c).toBeGreaterThan(0);
    expect(scored({}).a).toBeGreaterThan(scored({ positionDecay: 1 }).a!);
    expect(scored({ latest: 1 }).c).toBe(0);
  });

  it('falls back on popularity and refuses to learn from nothing', () => {
    const scorer = contentModel.train(dataset, { ...params, popularity: 0.1 }, context(catalog));
    expect(best(scores(scorer, dataset))[0]).toBe('c');
    expect(() => contentModel.train(dataset, params, context())).toThrow('content needs the texts or tags');
  });
});
