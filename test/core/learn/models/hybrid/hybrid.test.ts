import { describe, expect, it } from '@jest/globals';
import { buildDataset, type Dataset } from '../../../../../core/learn/data/dataset.ts';
import type { Cases } from '../../../../../core/learn/evaluate/cases.ts';
import { evaluateScorer } from '../../../../../core/learn/evaluate/evaluate-scorer.ts';
import { historyOf, NO_HISTORY } from '../../../../../core/learn/evaluate/experiment.ts';
import { leaveLatestOut, usersWith } from '../../../../../core/learn/evaluate/splits.ts';
import { makeJudge } from '../../../../../core/learn/evaluate/validation.ts';
import { caseTable } from '../../../../../core/learn/models/hybrid/case-table.ts';
import { hybridModel } from '../../../../../core/learn/models/hybrid/hybrid.ts';
import { HYBRID_DEFAULTS } from '../../../../../core/learn/models/hybrid/hybrid-params.ts';
import {
  allCases,
  learnWeights,
  tableQuality,
} from '../../../../../core/learn/models/hybrid/learn-weights.ts';
import { learnMaturityWeights } from '../../../../../core/learn/models/hybrid/maturity-weights.ts';
import { mixedScorer, rowFor } from '../../../../../core/learn/models/hybrid/mix.ts';
import type { Judge, Scorer, TrainingContext } from '../../../../../core/learn/models/model.ts';
import { popularModel } from '../../../../../core/learn/models/popular.ts';
import { plainKernels } from '../../../../../core/numbers/plain-kernels.ts';
import { seededRandom } from '../../../../../core/numbers/seeded-random.ts';
import { catalogItem } from '../../../recommend/recommend-world.ts';

const ITEMS = 30;

const contextOf = (over: Partial<TrainingContext> = {}): TrainingContext => ({
  kernels: plainKernels(1e8),
  seed: 1,
  memoryBytes: 1e8,
  catalog: [],
  ...over,
});

/** Users who mostly walk from an item to the next by number. */
function walkers(users: number): Dataset {
  const random = seededRandom(5);
  return buildDataset(
    Array.from({ length: users }, (_, user) => {
      let item = Math.floor(ITEMS * random() ** 2);
      return Array.from({ length: 4 + Math.floor(4 * random()) }, (_, at) => {
        item = random() < 0.7 ? (item + 1) % ITEMS : Math.floor(ITEMS * random() ** 2);
        return { user: `u${user}`, item: `i${item}`, weight: 1, at };
      });
    }).flat(),
  );
}

function experiment(users: number) {
  const whole = walkers(users);
  const { train, cases } = leaveLatestOut(whole, usersWith(whole, 3));
  const items = train.items.length;
  const buffer = new Float32Array(items * 16);
  const judge: Judge = makeJudge(cases, { items, cutOff: 10, metric: 'ndcg', buffer });
  return { train, cases, items, buffer, judge };
}

const constant = (scores: readonly number[]): Scorer => ({
  score(histories, out) {
    for (let row = 0; row < histories.length; row++) out.set(scores, row * scores.length);
  },
});

/** Scores an item by a number of the user and the item, so that any two scorers differ. */
const arbitrary = (items: number, seed: number): Scorer => ({
  score(histories, out) {
    histories.forEach(({ user = 0 }, row) => {
      const random = seededRandom(seed + 31 * user);
      for (let item = 0; item < items; item++) out[row * items + item] = random();
    });
  },
});

describe('a table of cases', () => {
  it('judges weights as a full ranking does', () => {
    const { cases, items, buffer } = experiment(60);
    const parts = [arbitrary(items, 1), arbitrary(items, 2)];
    for (const asked of [
      cases,
      {
        ...cases,
        targets: cases.targets.map((own, at) =>
          at % 3 === 0 ? Int32Array.of(own[0] ?? 0, ((own[0] ?? 0) + 5) % items) : own,
        ),
      },
    ]) {
      const free: Cases = {
        ...asked,
        excluded: asked.excluded!.map((own, at) => own.filter((item) => !asked.targets[at]!.includes(item))),
      };
      const table = caseTable(parts, free, { items, depth: items });
      const scorer = mixedScorer(parts, [{ leastItems: 0, weights: [0.3, 0.7] }], items);
      const { 'ndcg@10': ndcg } = evaluateScorer(scorer, free, { items, cutOffs: [10], buffer });
      expect(tableQuality(table, [0.3, 0.7], allCases(table))).toBeCloseTo(ndcg!, 6);
    }
  });

  it('ranks among given candidates only, and counts targets that nobody finds as missed', () => {
    const history = historyOf(walkers(2), 0);
    const cases: Cases = {
      histories: [history, history, history],
      targets: [Int32Array.of(1), Int32Array.of(3), Int32Array.of(-1)],
      candidates: [Int32Array.of(0, 1), Int32Array.of(0, 2), Int32Array.of(0)],
    };
    const table = caseTable([constant([4, 3, 2, 1])], cases, { items: 4, depth: 1 });
    expect([...table.targets]).toEqual([1, 1, 0]);
    expect([...table.columns[0]!]).toEqual([3, 4, 1, 4, 2, 4]);
    expect(tableQuality(table, [1], allCases(table))).toBeCloseTo((1 / Math.log2(3) + 0.5) / 3, 6);
    const open = caseTable(
      [constant([4, 3, 2, 1])],
      { ...cases, candidates: undefined },
      { items: 4, depth: 2 },
    );
    expect([...open.targets]).toEqual([1, 0, 0]);
  });
});

describe('weights', () => {
  it('go to the part that knows, not to noise', () => {
    const { cases, items } = experiment(200);
    const knows: Scorer = {
      score(histories, out) {
        histories.forEach((history, row) => {
          const at = cases.histories.indexOf(history);
          for (let item = 0; item < items; item++) {
            out[row * items + item] = item === cases.targets[at]![0] ? 1 : ((item * 7 + at) % 10) / 10.5;
          }
        });
      },
    };
    const table = caseTable([arbitrary(items, 3), knows], cases, { items, depth: 10 });
    const { weights, quality } = learnWeights(table, allCases(table), [[0.5, 0.5]]);
    expect(weights[1]).toBeGreaterThan(0.9);
    expect(quality).toBeGreaterThan(0.95);
  });

  it('of their own are given only to lengths of history where they hold on cases held back', () => {
    const cases = 12_000;
    const random = seededRandom(8);
    const column = (says: (number: number) => boolean): Float32Array =>
      Float32Array.from({ length: cases * 4 }, (_, at) => (at % 4 === 0 && says(at >> 2) ? 1 : random()));
    const table = {
      start: Int32Array.from({ length: cases + 1 }, (_, at) => at * 4),
      targets: new Int32Array(cases).fill(1),
      relevant: new Int32Array(cases).fill(1),
      lengths: Int32Array.from({ length: cases }, (_, at) => 1 + (at % 3)),
      columns: [column((at) => at % 3 === 0), column((at) => at % 3 !== 0)],
    };
    const rows = learnMaturityWeights(table, ['sequential', 'ease']);
    expect(rows.map(({ leastItems }) => leastItems)).toEqual([0, 2]);
    expect(rows[0]!.weights.sequential).toBeGreaterThan(rows[0]!.weights.ease ?? 0);
    expect(rows[1]!.weights.ease).toBeGreaterThan(rows[1]!.weights.sequential ?? 0);
  });

  it('are those of the longest length that a history reaches', () => {
    const rows = [{ leastItems: 0 }, { leastItems: 3 }, { leastItems: 9 }];
    expect([0, 2, 3, 8, 9, 50].map((length) => rowFor(rows, length).leastItems)).toEqual([0, 0, 3, 3, 9, 9]);
  });
});

describe('hybrid', () => {
  it('chooses parts and weights that beat popularity, and the same ones again', () => {
    const { train, judge, cases } = experiment(150);
    const choose = () => hybridModel.choose!(train, judge, { context: contextOf(), fixed: {}, cases });
    const { params, tried } = choose();
    const popular = judge(popularModel.train(train, {}, contextOf()));
    expect(tried[0]!.quality).toBeGreaterThan(1.5 * popular);
    expect(judge(hybridModel.train(train, params, contextOf()))).toBeCloseTo(tried[0]!.quality, 6);
    expect(choose().params).toEqual(params);
  });

  it('takes item-knn where the matrix of ease does not fit, and keeps what is given', () => {
    const { train, judge, cases } = experiment(60);
    const context = contextOf({ memoryBytes: 100, kernels: plainKernels(100) });
    const sequential = { ...HYBRID_DEFAULTS.sequential, window: 2 };
    const { params } = hybridModel.choose!(train, judge, { context, fixed: { sequential }, cases });
    const used = new Set(params.weights.flatMap(({ weights }) => Object.keys(weights)));
    expect(used.has('ease') || used.has('nextItem')).toBe(false);
    expect(params.sequential).toEqual(sequential);
  });

  it('finds an item that nobody chose by its tags', () => {
    const dataset = buildDataset([{ user: 'u', item: 'a', weight: 1, at: 1 }]);
    const tags: Record<string, string[]> = { a: ['red'], new: ['red'], other: ['blue'] };
    const catalog = Object.keys(tags).map((id) => catalogItem(id, { title: '', type: '', tags: tags[id]! }));
    const items = [...dataset.items, 'new', 'other'];
    const whole: Dataset = {
      ...dataset,
      items,
      itemIndex: new Map(items.map((name, at) => [name, at])),
      itemStart: Int32Array.of(0, 1, 1, 1),
    };
    const out = new Float32Array(3);
    hybridModel.train(whole, HYBRID_DEFAULTS, contextOf({ catalog })).score([historyOf(whole, 0)], out);
    expect(out[1]).toBeGreaterThan(out[2]!);
  });

  it('scores anybody finitely, on data of one user or one item too', () => {
    for (const rows of [
      [],
      [['u', 'a']],
      [
        ['u', 'a'],
        ['u', 'b'],
      ],
      [
        ['u', 'a'],
        ['v', 'a'],
      ],
    ]) {
      const dataset = buildDataset(
        rows.map(([user, item], at) => ({ user: user!, item: item!, weight: 1, at })),
      );
      const scorer = hybridModel.train(dataset, HYBRID_DEFAULTS, contextOf());
      const out = new Float32Array(2 * dataset.items.length).fill(Number.NaN);
      scorer.score([NO_HISTORY, dataset.users.length > 0 ? historyOf(dataset, 0) : NO_HISTORY], out);
      expect(out.every(Number.isFinite)).toBe(true);
    }
  });
});
