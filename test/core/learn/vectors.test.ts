import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildDataset, type Dataset } from '../../../core/learn/data/dataset.ts';
import { DEFAULT_PARAMS } from '../../../core/learn/hybrid/training-params.ts';
import { contentModel } from '../../../core/learn/lists/content-model.ts';
import { contentNeighbours } from '../../../core/learn/lists/content-neighbours.ts';
import { itemNeighbours } from '../../../core/learn/lists/item-neighbours.ts';
import { listOf, type NeighbourLists } from '../../../core/learn/lists/neighbour-lists.ts';
import { wordsOf } from '../../../core/learn/lists/text-terms.ts';
import { transitions } from '../../../core/learn/lists/transitions.ts';
import { trending } from '../../../core/learn/rankings/trending.ts';
import type { TrainingParams } from '../../../core/learn/types.ts';
import { catalogItem } from '../recommend/recommend-world.ts';

type ListsByItem = Record<string, Record<string, number>>;
type CoOccurrenceCase = {
  name: string;
  kind: 'neighbours' | 'transitions';
  users: string[][];
  params: Partial<TrainingParams>;
  expected: ListsByItem;
};
type TrendingCase = {
  name: string;
  counts: [string, number, number][];
  expected: { itemId: string; score: number; count: number; growth?: number }[];
};

const HOUR_MS = 3_600_000;
const pairs: { tolerance: number; cases: CoOccurrenceCase[] } = vectors('co-occurrence');
const rises: { tolerance: number; nowHour: number; cases: TrendingCase[] } = vectors('trending');
const texts: {
  tolerance: number;
  items: Record<string, string[]>;
  neighbours: ListsByItem;
  words: { text: string; expected: string[] }[];
} = vectors('content');

function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), 'utf8')) as T;
}

function datasetOf(users: readonly string[][]): Dataset {
  return buildDataset(
    users.flatMap((items, user) => items.map((item, at) => ({ user: `u${user}`, item, weight: 1, at }))),
  );
}

function byName(lists: NeighbourLists, names: readonly string[]): ListsByItem {
  return Object.fromEntries(
    names.map((name, item) => [
      name,
      Object.fromEntries(listOf(lists, item, names).map(({ itemId, score }) => [itemId, score])),
    ]),
  );
}

function expectLists(actual: ListsByItem, expected: ListsByItem, tolerance: number): void {
  for (const [item, list] of Object.entries(expected)) {
    expect(Object.keys(actual[item]!).sort()).toEqual(Object.keys(list).sort());
    for (const [neighbour, score] of Object.entries(list)) {
      expect(Math.abs(actual[item]![neighbour]! - score)).toBeLessThanOrEqual(tolerance);
    }
  }
}

describe('co-occurrence vectors', () => {
  it.each(pairs.cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const dataset = datasetOf(one.users);
    const params = { ...DEFAULT_PARAMS, ...one.params };
    const lists = one.kind === 'neighbours' ? itemNeighbours(dataset, params) : transitions(dataset, params);
    expectLists(byName(lists, dataset.items), one.expected, pairs.tolerance);
  });
});

describe('trending vectors', () => {
  it.each(rises.cases.map((one) => [one.name, one] as const))('%s', (_, { counts, expected }) => {
    const hourly = counts.map(([itemId, hour, count]) => ({ itemId, hour: hour * HOUR_MS, count }));
    const ranked = trending(hourly, rises.nowHour * HOUR_MS + 1000);
    expect(ranked.map(({ itemId, count }) => ({ itemId, count }))).toEqual(
      expected.map(({ itemId, count }) => ({ itemId, count })),
    );
    ranked.forEach(({ score, growth }, at) => {
      expect(Math.abs(score - expected[at]!.score)).toBeLessThanOrEqual(rises.tolerance);
      expect(growth === undefined).toBe(expected[at]!.growth === undefined);
      expect(Math.abs((growth ?? 0) - (expected[at]!.growth ?? 0))).toBeLessThanOrEqual(rises.tolerance);
    });
  });
});

describe('content vectors', () => {
  it('cosines of the worked example', () => {
    const items = Object.entries(texts.items).map(([itemId, tags]) =>
      catalogItem(itemId, { tags, title: '', type: '' }),
    );
    const model = contentModel(items);
    expectLists(byName(contentNeighbours(model, 5), model.itemIds), texts.neighbours, texts.tolerance);
  });

  it.each(texts.words.map((one) => [one.text, one.expected] as const))('words of %s', (text, expected) => {
    expect(wordsOf(text)).toEqual(expected);
  });
});
