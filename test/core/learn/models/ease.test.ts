import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildDataset, type Dataset } from '../../../../core/learn/data/dataset.ts';
import { historyOf, NO_HISTORY } from '../../../../core/learn/evaluate/experiment.ts';
import { easeModel } from '../../../../core/learn/models/ease/ease.ts';
import { easeItemLists } from '../../../../core/learn/models/ease/ease-lists.ts';
import { EASE_DEFAULTS } from '../../../../core/learn/models/ease/ease-params.ts';
import { scoreWithEase } from '../../../../core/learn/models/ease/ease-scores.ts';
import { EaseTooLarge, easeFits, easeWeights } from '../../../../core/learn/models/ease/ease-weights.ts';
import type { TrainingContext } from '../../../../core/learn/models/model.ts';
import { plainKernels } from '../../../../core/numbers/plain-kernels.ts';

const RUNS = { seed: 3, numRuns: 60 };
const VECTORS = new URL('../../../vectors/ease.json', import.meta.url);

const context = (memoryBytes = 1e8): TrainingContext => ({
  kernels: plainKernels(memoryBytes),
  seed: 1,
  memoryBytes,
  catalog: [],
});

const datasetOf = (histories: readonly (readonly string[])[], untouched: readonly string[] = []): Dataset => {
  const dataset = buildDataset(
    histories.flatMap((items, user) => items.map((item, at) => ({ user: `u${user}`, item, weight: 1, at }))),
  );
  const items = [...dataset.items, ...untouched];
  const end = dataset.itemStart.at(-1)!;
  return {
    ...dataset,
    items,
    itemIndex: new Map(items.map((name, item) => [name, item])),
    itemStart: Int32Array.of(...dataset.itemStart, ...untouched.map(() => end)),
  };
};

const histories = fc.array(
  fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 6 }),
  { minLength: 1, maxLength: 8 },
);

describe('easeWeights', () => {
  const vectors: {
    why: string;
    histories: string[][];
    params: { regularization: number; dropout: number; userExponent: number };
    weights: Record<string, Record<string, number>>;
  }[] = JSON.parse(readFileSync(VECTORS, 'utf8'));

  it.each(vectors)('$why', ({ histories: given, params, weights }) => {
    const dataset = datasetOf(given);
    const ease = easeWeights(dataset, params, context());
    for (const [from, row] of Object.entries(weights)) {
      for (const [to, weight] of Object.entries(row)) {
        const at =
          ease.rowOf[dataset.itemIndex.get(from)!]! * ease.size + ease.rowOf[dataset.itemIndex.get(to)!]!;
        expect(ease.weights[at]).toBeCloseTo(weight, 5);
      }
    }
  });

  it('solves the normal equations but for the diagonal, which is zero', () => {
    fc.assert(
      fc.property(histories, fc.double({ min: 0.5, max: 20, noNaN: true }), (given, regularization) => {
        const dataset = datasetOf(given);
        const { weights, size } = easeWeights(
          dataset,
          { regularization, dropout: 0, userExponent: 0 },
          context(),
        );
        const together = (i: number, j: number) =>
          given.filter((items) => items.includes(dataset.items[i]!) && items.includes(dataset.items[j]!))
            .length;
        for (let i = 0; i < size; i++) {
          expect(weights[i * size + i]).toBe(0);
          for (let j = 0; j < size; j++) {
            if (i === j) continue;
            let gradient = regularization * weights[i * size + j]! - together(i, j);
            for (let k = 0; k < size; k++) gradient += together(i, k) * weights[k * size + j]!;
            expect(Math.abs(gradient)).toBeLessThan(1e-3);
          }
        }
      }),
      RUNS,
    );
  });

  it('leaves out items that nobody chose, whose scores are 0', () => {
    const dataset = datasetOf([['a', 'b'], ['a', 'b', 'c'], ['c']], ['new']);
    const given = context();
    const ease = easeWeights(dataset, EASE_DEFAULTS, given);
    expect(ease.size).toBe(3);
    const out = new Float32Array(8).fill(Number.NaN);
    scoreWithEase(ease, [historyOf(dataset, 0), NO_HISTORY], {
      kernels: given.kernels,
      influence: () => 1,
      out,
    });
    expect(out[1]).toBeGreaterThan(0);
    expect([...out.subarray(3)]).toEqual([0, 0, 0, 0, 0]);
  });

  it('names the memory needed and given where the catalogue is too large', () => {
    const dataset = datasetOf([Array.from({ length: 3000 }, (_, at) => `i${at}`)]);
    expect(easeFits(dataset, context(2e7))).toBe(false);
    expect(easeFits(dataset, context(1e8))).toBe(true);
    expect(() => easeWeights(dataset, EASE_DEFAULTS, context(2e7))).toThrow(EaseTooLarge);
    expect(() => easeWeights(dataset, EASE_DEFAULTS, context(2e7))).toThrow(
      /EASE on 3000 items needs 49 MB .* 20 MB are given/,
    );
  });
});

describe('easeModel', () => {
  const dataset = datasetOf([
    ['a', 'b', 'c'],
    ['b', 'c'],
    ['a', 'd'],
    ['d', 'a'],
  ]);
  const scoresOf = (params: Partial<typeof EASE_DEFAULTS>, items: readonly string[]): number[] => {
    const out = new Float32Array(4);
    const scorer = easeModel.train(dataset, { ...EASE_DEFAULTS, regularization: 1, ...params }, context());
    const numbers = Int32Array.from(items, (item) => dataset.itemIndex.get(item)!);
    scorer.score(
      [
        {
          items: numbers,
          weights: new Float32Array(items.length).fill(1),
          times: new Float64Array(items.length),
        },
      ],
      out,
    );
    return [...out];
  };
  const [, , c, d] = [0, 1, 2, 3];

  it('lets newer items count for more with a decay', () => {
    const even = scoresOf({}, ['a', 'b']);
    const decayed = scoresOf({ positionDecay: 0.5 }, ['a', 'b']);
    const faded = scoresOf({ recencyExponent: 1 }, ['a', 'b']);
    expect(decayed[d!]! - decayed[c!]!).toBeLessThan(even[d!]! - even[c!]!);
    expect(faded).toEqual(decayed);
  });

  it('divides by popularity to the power given', () => {
    const even = scoresOf({}, ['b']);
    const penalised = scoresOf({ popularityExponent: 1 }, ['b']);
    expect(penalised[0]).toBeCloseTo(even[0]! / 3, 6);
    expect(penalised[c!]).toBeCloseTo(even[c!]! / 2, 6);
  });

  it.each([
    ['no data', []],
    ['one user', [['a', 'b']]],
    ['one item', [['a'], ['a']]],
  ])('trains on %s', (_, given: string[][]) => {
    const small = datasetOf(given);
    const out = new Float32Array(2 * small.items.length).fill(Number.NaN);
    const scorer = easeModel.train(small, EASE_DEFAULTS, context());
    scorer.score([NO_HISTORY, small.users.length > 0 ? historyOf(small, 0) : NO_HISTORY], out);
    expect([...out].every(Number.isFinite)).toBe(true);
  });

  it('chooses among values that training allows and keeps what is fixed', () => {
    const chosen = easeModel.choose!(dataset, () => 1, {
      context: context(),
      fixed: { dropout: 0.3 },
      cases: { histories: [], targets: [] },
    });
    expect(chosen.params).toEqual({ ...EASE_DEFAULTS, dropout: 0.3 });
  });
});

describe('easeItemLists', () => {
  it('lists positive weights, best first, of servable items', () => {
    const dataset = datasetOf(
      [
        ['a', 'b', 'c'],
        ['a', 'b'],
        ['c', 'd'],
      ],
      ['new'],
    );
    const ease = easeWeights(dataset, { ...EASE_DEFAULTS, regularization: 1 }, context());
    const lists = easeItemLists(ease, 2);
    expect(lists.sizes.length).toBe(5);
    expect(lists.ids[0]).toBe(dataset.itemIndex.get('b'));
    expect(lists.scores[0]).toBeGreaterThanOrEqual(lists.scores[1]!);
    expect(lists.sizes[4]).toBe(0);
    const servable = Uint8Array.from(dataset.items, (item) => (item === 'b' ? 0 : 1));
    const without = easeItemLists(ease, 2, servable);
    for (let at = 0; at < without.sizes[0]!; at++) expect(dataset.items[without.ids[at]!]).not.toBe('b');
  });
});
