import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildDataset, type Dataset } from '../../../../core/learn/data/dataset.ts';
import { historyOf, NO_HISTORY } from '../../../../core/learn/evaluate/experiment.ts';
import type { NeighbourLists } from '../../../../core/learn/lists/neighbour-lists.ts';
import type { History, Scorer, TrainingContext } from '../../../../core/learn/models/model.ts';
import { nextItemScorer, nextItemWeights } from '../../../../core/learn/models/next-item-regression.ts';
import { sequentialModel } from '../../../../core/learn/models/sequential.ts';
import { transitionLists } from '../../../../core/learn/models/sequential-lists.ts';
import { followers } from '../../../../core/learn/models/session-knn/followers.ts';
import { sessionsOf } from '../../../../core/learn/models/session-knn/session-index.ts';
import { sessionKnnModel } from '../../../../core/learn/models/session-knn/session-knn.ts';
import { plainKernels } from '../../../../core/numbers/plain-kernels.ts';

type Lists = Record<string, Record<string, number>>;
type Vectors = {
  transitions: { users: string[][]; params: object; lists: Lists };
  followers: {
    sessions: string[][];
    params: { orderWindow: number; orderStepDecay: number };
    lists: Lists;
  };
  neighbours: {
    sessions: { day: number; items: string[] }[];
    params: object;
    current: string[];
    scores: Record<string, number>;
  };
};

const vectors = JSON.parse(
  readFileSync(new URL('../../../vectors/next-item.json', import.meta.url), 'utf8'),
) as Vectors;

const HOUR_MS = 3_600_000;
const context: TrainingContext = { kernels: plainKernels(1e8), seed: 1, memoryBytes: 1e8, catalog: [] };

const datasetOf = (histories: readonly (readonly string[])[], hours = 0): Dataset =>
  buildDataset(
    histories.flatMap((items, user) =>
      items.map((item, at) => ({ user: `u${user}`, item, weight: 1, at: at * (hours * HOUR_MS || 1) })),
    ),
  );

const historyIn = (dataset: Dataset, names: readonly string[], hours = 0): History => ({
  items: Int32Array.from(names, (name) => dataset.itemIndex.get(name)!),
  weights: new Float32Array(names.length).fill(1),
  times: Float64Array.from(names, (_, at) => at * hours * HOUR_MS),
});

const scores = (scorer: Scorer, dataset: Dataset, history: History): Record<string, number> => {
  const out = new Float32Array(dataset.items.length);
  scorer.score([history], out);
  return Object.fromEntries(dataset.items.map((item, at) => [item, out[at]!]));
};

const named = (lists: NeighbourLists, items: readonly string[], item: number): [string, number][] =>
  Array.from({ length: lists.sizes[item]! }, (_, at) => {
    const slot = item * lists.stride + at;
    return [items[lists.ids[slot]!]!, lists.scores[slot]!];
  });

const expectLists = (lists: NeighbourLists, items: readonly string[], expected: Lists): void => {
  items.forEach((name, item) => {
    const found = named(lists, items, item);
    expect(found.map(([other]) => other)).toEqual(Object.keys(expected[name]!));
    for (const [other, score] of found) expect(score).toBeCloseTo(expected[name]![other]!, 6);
  });
};

describe('sequential', () => {
  const { users, params, lists } = vectors.transitions;

  it('counts steps ahead by distance, steps back by their share, as worked by hand', () => {
    const dataset = datasetOf(users);
    expectLists(transitionLists(dataset, { ...sequentialModel.defaults, ...params }), dataset.items, lists);
  });

  it('adds up what followed the last items, the newest counting most', () => {
    const dataset = datasetOf(users);
    const scorer = sequentialModel.train(
      dataset,
      { ...sequentialModel.defaults, ...params, positionDecay: 0.5 },
      context,
    );
    const scored = scores(scorer, dataset, historyIn(dataset, ['a', 'b']));
    expect(scored.c).toBeCloseTo(0.5 + 0.5 * 0.62132034, 6);
    const latest = sequentialModel.train(
      dataset,
      { ...sequentialModel.defaults, ...params, latest: 1 },
      context,
    );
    expect(scores(latest, dataset, historyIn(dataset, ['a', 'b'])).c).toBeCloseTo(0.5, 6);
  });

  it('lets pairs and histories fade with time', () => {
    const dataset = datasetOf([['a', 'b']], 2);
    const plain = { ...sequentialModel.defaults, shrinkage: 0, sourceExponent: 0, popularityExponent: 0 };
    const faded = sequentialModel.train(dataset, { ...plain, gapHalfLifeHours: 1 }, context);
    expect(scores(faded, dataset, historyIn(dataset, ['a'])).b).toBeCloseTo(0.25, 6);
    const aged = sequentialModel.train(
      dataset,
      { ...plain, positionDecay: 1, ageHalfLifeHours: 4, reverseShare: 1 },
      context,
    );
    const scored = scores(aged, dataset, historyIn(dataset, ['a', 'b'], 2));
    expect(scored.b! / scored.a!).toBeCloseTo(Math.SQRT1_2, 5);
  });
});

describe('next item regression', () => {
  it('is the ridge regression of the next item', () => {
    const dataset = datasetOf([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    const params = {
      regularization: 2,
      lookahead: 1,
      lookaheadDecay: 1,
      latest: 5,
      positionDecay: 0.5,
      ageHalfLifeHours: 0,
    };
    const scorer = nextItemScorer(nextItemWeights(dataset, params, plainKernels(1e8)), params);
    expect(scores(scorer, dataset, historyIn(dataset, ['a'])).b).toBeCloseTo(2 / (2 + 2), 6);
    expect(scores(scorer, dataset, historyIn(dataset, ['b'])).a).toBe(0);
  });

  it('does not count twice what two items tell together', () => {
    const dataset = datasetOf([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
      ['b', 'd'],
    ]);
    const params = {
      regularization: 1e-5,
      lookahead: 1,
      lookaheadDecay: 1,
      latest: 5,
      positionDecay: 1,
      ageHalfLifeHours: 0,
    };
    const scorer = nextItemScorer(nextItemWeights(dataset, params, plainKernels(1e8)), params);
    const both = scores(scorer, dataset, historyIn(dataset, ['a', 'b']));
    expect([both.c, both.d].map((score) => Math.round(1000 * score!))).toEqual([750, 250]);
    expect(scores(scorer, dataset, historyIn(dataset, ['b'])).d).toBeCloseTo(0.5, 2);
  });
});

describe('session-knn', () => {
  it('counts what followed an item, repeats included, as worked by hand', () => {
    const { sessions, params, lists } = vectors.followers;
    const items = ['a', 'b'];
    const flat = sessions.flat();
    const start = Int32Array.of(0, ...sessions.map((_, at) => sessions.slice(0, at + 1).flat().length));
    const found = followers(
      {
        start,
        item: Int32Array.from(flat, (name) => items.indexOf(name)),
        time: Float64Array.from(flat, (_, at) => at),
      },
      items.length,
      params,
    );
    expectLists(found, items, lists);
  });

  it('adds up the items of similar sessions by age, length, order and distance, as worked by hand', () => {
    const { sessions, params, current, scores: expected } = vectors.neighbours;
    const dataset = buildDataset(
      sessions.flatMap(({ day, items }, session) =>
        items.map((item, at) => ({
          user: `s${session}`,
          item,
          weight: 1,
          at: day * 24 * HOUR_MS - (items.length - 1 - at),
        })),
      ),
    );
    const scorer = sessionKnnModel.train(dataset, { ...sessionKnnModel.defaults, ...params }, context);
    const scored = scores(scorer, dataset, historyIn(dataset, current));
    for (const [item, score] of Object.entries(expected)) expect(scored[item]).toBeCloseTo(score, 5);
  });

  it('looks at the latest sessions of an item and at the nearest of them', () => {
    const dataset = datasetOf([
      ['a', 'b'],
      ['a', 'c'],
    ]);
    const params = { ...sessionKnnModel.defaults, orderShare: 0, recencyHalfLifeDays: 0 };
    const ask = (over: object): Record<string, number> =>
      scores(
        sessionKnnModel.train(dataset, { ...params, ...over }, context),
        dataset,
        historyIn(dataset, ['a']),
      );
    expect(ask({ sessionsPerItem: 1 }).b).toBeLessThan(1e-6);
    expect(ask({ sessionsPerItem: 1 }).c).toBeGreaterThan(0.1);
    expect(ask({ neighbours: 1 }).c).toBeLessThan(1e-6);
    expect(ask({}).b).toBeCloseTo(ask({}).c!, 6);
  });
});

describe('all of them', () => {
  const histories = fc.array(fc.array(fc.constantFrom(...'abcdefg'), { maxLength: 9 }), { maxLength: 8 });

  it('score anybody finitely, also users without items or with everything', () => {
    fc.assert(
      fc.property(histories, (users) => {
        const dataset = datasetOf([['a'], ...users]);
        const sequences = {
          names: dataset.users,
          items: dataset.items,
          size: dataset.size,
          ...sessionsOf(dataset),
        };
        const asked = [NO_HISTORY, ...dataset.users.map((_, user) => historyOf(dataset, user))];
        for (const scorer of [
          sequentialModel.train(dataset, sequentialModel.defaults, context),
          sessionKnnModel.train(dataset, sessionKnnModel.defaults, context),
          sessionKnnModel.train(dataset, sessionKnnModel.defaults, { ...context, sequences }),
        ]) {
          const out = new Float32Array(asked.length * dataset.items.length).fill(Number.NaN);
          scorer.score(asked, out);
          expect(out.every((score) => Number.isFinite(score) && score >= 0)).toBe(true);
        }
      }),
      { seed: 4, numRuns: 100 },
    );
  });
});
