import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildDataset, type Dataset } from '../../../../core/learn/data/dataset.ts';
import { historyOf, NO_HISTORY } from '../../../../core/learn/evaluate/experiment.ts';
import { graphFilterModel } from '../../../../core/learn/models/graph-filter/graph-filter.ts';
import type { GraphFilterParams } from '../../../../core/learn/models/graph-filter/graph-filter-params.ts';
import { normalisedMatrix } from '../../../../core/learn/models/graph-filter/normalised-matrix.ts';
import { truncatedSvd } from '../../../../core/learn/models/graph-filter/truncated-svd.ts';
import type { TrainingContext } from '../../../../core/learn/models/model.ts';
import { eigenvectors } from '../../../../core/numbers/eigenvectors.ts';
import { plainKernels } from '../../../../core/numbers/plain-kernels.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';

const RUNS = { seed: 9, numRuns: 40 };
const context = (): TrainingContext => ({
  kernels: plainKernels(1e8),
  seed: 1,
  memoryBytes: 1e8,
  catalog: [],
});

const datasetOf = (histories: readonly (readonly string[])[]): Dataset =>
  buildDataset(
    histories.flatMap((items, user) => items.map((item, at) => ({ user: `u${user}`, item, weight: 1, at }))),
  );

const histories = fc.array(
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 6 }),
  { minLength: 1, maxLength: 8 },
);

/** R~' R~ worked out pair by pair. */
const filterMatrix = (dataset: Dataset, { userExponent, itemExponent }: GraphFilterParams): Float64Array => {
  const items = dataset.items.length;
  const matrix = new Float64Array(items * items);
  const popularity = (item: number) => dataset.itemStart[item + 1]! - dataset.itemStart[item]!;
  for (let user = 0; user < dataset.users.length; user++) {
    const own = historyOf(dataset, user).items;
    for (const i of own)
      for (const j of own)
        matrix[i * items + j]! +=
          own.length ** (-2 * userExponent) * (popularity(i) * popularity(j)) ** -itemExponent;
  }
  return matrix;
};

/** GF-CF as its paper writes it, from all eigenvectors, of which `factors` pass. */
const expectedScores = (dataset: Dataset, user: number, params: GraphFilterParams): number[] => {
  const items = dataset.items.length;
  const matrix = filterMatrix(dataset, params);
  const { values, vectors } = eigenvectors(matrix, items);
  const history = historyOf(dataset, user).items;
  const power = (item: number) =>
    (dataset.itemStart[item + 1]! - dataset.itemStart[item]!) ** params.idealExponent;
  return Array.from({ length: items }, (_, j) => {
    let score = 0;
    for (const i of history) {
      score += matrix[i * items + j]! / values[0]!;
      let ideal = 0;
      for (let k = 0; k < Math.min(params.factors, items); k++) {
        if (values[k]! > 1e-9) ideal += vectors[k * items + i]! * vectors[k * items + j]!;
      }
      score += (params.idealWeight * ideal * power(j)) / power(i);
    }
    return score;
  });
};

describe('graph-filter', () => {
  const all = { ...graphFilterModel.defaults, factors: 6, idealWeight: 0.5 };

  it('is the linear filter plus the ideal low-pass', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(0.5, 0.3), (given, itemExponent) => {
        const dataset = datasetOf(given);
        const params = { ...all, itemExponent };
        const out = new Float32Array(dataset.items.length);
        graphFilterModel.train(dataset, params, context()).score([historyOf(dataset, 0)], out);
        const expected = expectedScores(dataset, 0, params);
        for (let item = 0; item < out.length; item++) expect(out[item]).toBeCloseTo(expected[item]!, 3);
      }),
      RUNS,
    );
  });

  it('sharpens by exp(-t l) where all directions are kept and popularity plays no part', () => {
    const dataset = datasetOf([['a', 'b'], ['b', 'c'], ['a', 'c', 'd'], ['d']]);
    const params = { ...all, idealExponent: 0, sharpening: 1.5 };
    const out = new Float32Array(4);
    graphFilterModel.train(dataset, params, context()).score([historyOf(dataset, 0)], out);
    const { values, vectors } = eigenvectors(filterMatrix(dataset, params), 4);
    const expected = Array.from({ length: 4 }, (_, j) => {
      let score = 0;
      for (const i of historyOf(dataset, 0).items) {
        for (let k = 0; k < 4; k++) {
          const frequency = values[k]! / values[0]!;
          const response = (frequency + params.idealWeight) * Math.exp(-1.5 * frequency);
          score += vectors[k * 4 + i]! * vectors[k * 4 + j]! * response;
        }
      }
      return score;
    });
    for (let item = 0; item < 4; item++) expect(out[item]).toBeCloseTo(expected[item]!, 4);
  });

  it('scores users that came after training by their items alone, in any batch', () => {
    const dataset = datasetOf([['a', 'b', 'c'], ['b', 'c', 'd'], ['a', 'd'], ['e']]);
    const scorer = graphFilterModel.train(dataset, all, context());
    const known = historyOf(dataset, 1);
    const alone = new Float32Array(5);
    scorer.score([{ ...known, user: undefined }], alone);
    const both = new Float32Array(10);
    scorer.score([historyOf(dataset, 3), known], both);
    for (let item = 0; item < 5; item++) expect(both[5 + item]).toBeCloseTo(alone[item]!, 6);
  });

  it('keeps the greatest neighbours only', () => {
    const dataset = datasetOf([
      ['a', 'b', 'c'],
      ['a', 'b'],
      ['a', 'c', 'd'],
      ['a', 'b'],
    ]);
    const params = { ...all, factors: 1, idealWeight: 0, neighbours: 2 };
    const out = new Float32Array(4);
    const scorer = graphFilterModel.train(dataset, params, context());
    scorer.score([{ items: Int32Array.of(0), weights: Float32Array.of(1), times: Float64Array.of(0) }], out);
    expect(Array.from(out, (score) => score > 1e-6)).toEqual([true, true, false, false]);
  });

  it.each([
    ['no data', []],
    ['one user', [['a', 'b']]],
    ['one item', [['a'], ['a']]],
    [
      'users with everything',
      [
        ['a', 'b', 'c'],
        ['a', 'b', 'c'],
        ['a', 'b', 'c'],
      ],
    ],
  ])('trains on %s', (_, given: string[][]) => {
    const dataset = datasetOf(given);
    const out = new Float32Array(2 * dataset.items.length).fill(Number.NaN);
    for (const sharpening of [0, 1]) {
      const scorer = graphFilterModel.train(dataset, { ...all, sharpening }, context());
      scorer.score([NO_HISTORY, dataset.users.length > 0 ? historyOf(dataset, 0) : NO_HISTORY], out);
      expect([...out].every(Number.isFinite)).toBe(true);
    }
  });

  it('chooses with everything open and keeps what is fixed', () => {
    const dataset = datasetOf([
      ['a', 'b', 'c'],
      ['b', 'c', 'd'],
      ['a', 'd'],
    ]);
    let judged = 0;
    const { params, tried } = graphFilterModel.choose!(dataset, () => ++judged, {
      context: context(),
      fixed: { factors: 2 },
      cases: { histories: [], targets: [] },
    });
    expect(params.factors).toBe(2);
    expect(tried.length).toBe(judged);
  });
});

describe('truncatedSvd', () => {
  it('finds the greatest singular values of a matrix that is larger than its basis, the same under a seed', () => {
    const random = seededRandom(4);
    const dataset = datasetOf(
      Array.from({ length: 90 }, () =>
        Array.from({ length: 80 }, (_, item) => `i${item}`).filter((_, item) => random() < 3 / (item + 6)),
      ),
    );
    const params = { userExponent: 0.5, itemExponent: 0.5 };
    const items = dataset.items.length;
    const exact = eigenvectors(filterMatrix(dataset, { ...graphFilterModel.defaults, ...params }), items);
    const run = () => {
      const { kernels } = context();
      return truncatedSvd(normalisedMatrix(dataset, params, kernels), 12, { kernels, seed: 7 });
    };
    const { squares, vectors, count } = run();
    for (let k = 0; k < count; k++) {
      expect(squares[k]! / exact.values[k]!).toBeCloseTo(1, 2);
      let length = 0;
      for (let item = 0; item < items; item++) length += vectors[item * count + k]! ** 2;
      expect(length).toBeCloseTo(1, 4);
    }
    expect([...run().vectors]).toEqual([...vectors]);
  });
});
