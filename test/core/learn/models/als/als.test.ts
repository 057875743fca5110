import { afterAll, describe, expect, test } from '@jest/globals';
import { openKernels } from '../../../../../adapters/kernels/kernels.ts';
import { buildDataset, type Dataset } from '../../../../../core/learn/data/dataset.ts';
import { historyOf, NO_HISTORY } from '../../../../../core/learn/evaluate/experiment.ts';
import { alsModel, alsScorer } from '../../../../../core/learn/models/als/als.ts';
import { alsItemLists } from '../../../../../core/learn/models/als/als-lists.ts';
import { ALS_DEFAULTS, type AlsParams } from '../../../../../core/learn/models/als/als-params.ts';
import { alsFactors } from '../../../../../core/learn/models/als/factors.ts';
import { foldInItem } from '../../../../../core/learn/models/als/fold-in.ts';
import type { Kernels } from '../../../../../core/numbers/kernels.ts';
import { seededRandom } from '../../../../../core/numbers/seeded-random.ts';

const simd = openKernels({ threads: 2 });
const one = openKernels({ threads: 1 });
const plain = openKernels({ simd: false });
afterAll(() => {
  simd.close();
  one.close();
});

const PARAMS: AlsParams = { dimensions: 8, iterations: 10, regularization: 0.01, unobservedWeight: 0.1 };

const datasetOf = (pairs: readonly (readonly [string, string, number?])[]): Dataset =>
  buildDataset(pairs.map(([user, item, weight = 1], at) => ({ user, item, weight, at, engagement: 0 })));

/** Two tastes: users of one choose among the first ten items, the others among the last ten. */
const twoTastes = (): Dataset => {
  const random = seededRandom(3);
  const pairs: [string, string][] = [];
  for (let user = 0; user < 60; user++) {
    for (let item = 0; item < 10; item++) {
      if (random() < 0.6) pairs.push([`u${user}`, `i${item + 10 * (user % 2)}`]);
    }
  }
  return datasetOf(pairs);
};

const contextOf = (kernels: Kernels, seed = 1) => ({ kernels, seed, catalog: [], memoryBytes: 1e9 });

const scoresOf = (dataset: Dataset, kernels: Kernels, params = PARAMS): Float32Array => {
  const scorer = alsModel.train(dataset, params, contextOf(kernels));
  const out = new Float32Array(dataset.users.length * dataset.items.length);
  scorer.score(
    dataset.users.map((_, user) => historyOf(dataset, user)),
    out,
  );
  return out;
};

const order = (scores: Float32Array): number[] =>
  [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);

const lossOf = (dataset: Dataset, params: AlsParams): number => {
  const { users, items } = alsFactors(dataset, params, { kernels: plain, seed: 1 });
  const { dimensions: d, unobservedWeight: a, regularization } = params;
  const product = (user: number, item: number) => {
    let sum = 0;
    for (let at = 0; at < d; at++) sum += users[user * d + at]! * items[item * d + at]!;
    return sum;
  };
  const square = (of: Float32Array, row: number) =>
    of.subarray(row * d, (row + 1) * d).reduce((sum, x) => sum + x * x, 0);
  let loss = 0;
  for (let user = 0; user < dataset.users.length; user++) {
    for (let item = 0; item < dataset.items.length; item++) loss += a * product(user, item) ** 2;
    const first = dataset.userStart[user]!;
    const end = dataset.userStart[user + 1]!;
    for (let at = first; at < end; at++) loss += (1 - product(user, dataset.userItem[at]!)) ** 2;
    loss += regularization * (end - first + a * dataset.items.length) * square(users, user);
  }
  for (let item = 0; item < dataset.items.length; item++) {
    const count = dataset.itemStart[item + 1]! - dataset.itemStart[item]!;
    loss += regularization * (count + a * dataset.users.length) * square(items, item);
  }
  return loss;
};

describe('als', () => {
  test('one user and one item: the two factors solve the loss by hand', () => {
    // Minimum of (1 - xy)^2 + a (xy)^2 + l (1 + a) (x^2 + y^2) with x = y by symmetry:
    // (1 + a) s - 1 + l (1 + a) = 0 for s = xy, so s = 1 / (1 + a) - l = 1 / 1.25 - .1 = .7
    const dataset = datasetOf([['u', 'i']]);
    const params = { dimensions: 1, iterations: 60, regularization: 0.1, unobservedWeight: 0.25 };
    expect(scoresOf(dataset, simd, params)[0]).toBeCloseTo(0.7, 4);
  });

  test('every pass lowers the loss', () => {
    const dataset = twoTastes();
    const losses = [1, 2, 4, 8, 16].map((iterations) => lossOf(dataset, { ...PARAMS, iterations }));
    expect([...losses].sort((a, b) => b - a)).toEqual(losses);
  });

  test('what a taste has in common scores above the other taste', () => {
    const dataset = twoTastes();
    const scores = scoresOf(dataset, simd, { ...PARAMS, dimensions: 2, regularization: 0.05 });
    const items = dataset.items.length;
    for (let user = 0; user < dataset.users.length; user++) {
      const own = Number(dataset.users[user]!.slice(1)) % 2;
      const best = order(scores.subarray(user * items, (user + 1) * items)).slice(0, 6);
      expect(best.map((item) => Math.floor(Number(dataset.items[item]!.slice(1)) / 10))).toEqual(
        best.map(() => own),
      );
    }
  });

  test('the same seed gives the same numbers on one thread and on two, another seed others', () => {
    const dataset = twoTastes();
    const train = (kernels: Kernels, seed: number) => [
      ...alsFactors(dataset, PARAMS, { kernels, seed }).users,
    ];
    expect(train(simd, 1)).toEqual(train(one, 1));
    expect(train(simd, 1)).not.toEqual(train(simd, 2));
  });

  test.each([8, 10, 33])('plain kernels rank like SIMD with %i dimensions', (dimensions) => {
    const dataset = twoTastes();
    const items = dataset.items.length;
    const fast = scoresOf(dataset, simd, { ...PARAMS, dimensions });
    const slow = scoresOf(dataset, plain, { ...PARAMS, dimensions });
    const ranks = (of: Float32Array) =>
      dataset.users.map((_, user) => order(of.subarray(user * items, (user + 1) * items)).slice(0, 5));
    expect(ranks(fast)).toEqual(ranks(slow));
  });

  test('a stranger with a trained history is folded in to nearly that user', () => {
    const dataset = twoTastes();
    const factors = alsFactors(dataset, { ...PARAMS, iterations: 40 }, { kernels: simd, seed: 1 });
    const scorer = alsScorer(dataset, factors, { params: PARAMS, kernels: simd });
    const known = new Float32Array(dataset.items.length);
    const folded = new Float32Array(dataset.items.length);
    const history = historyOf(dataset, 4);
    scorer.score([history], known);
    scorer.score([{ ...history, user: undefined }], folded);
    expect(Math.max(...known.map((score, at) => Math.abs(score - folded[at]!)))).toBeLessThan(2e-3);
  });

  test('a history that is not the trained one of the user is folded in', () => {
    const dataset = twoTastes();
    const scorer = alsModel.train(dataset, PARAMS, contextOf(simd));
    const shorter = { ...historyOf(dataset, 4), items: historyOf(dataset, 4).items.slice(1) };
    const stranger = { ...shorter, user: undefined };
    const [asUser, asStranger] = [shorter, stranger].map((history) => {
      const out = new Float32Array(dataset.items.length);
      scorer.score([history], out);
      return [...out];
    });
    expect(asUser).toEqual(asStranger);
  });

  test('a new item is folded in to nearly the trained item with the same users', () => {
    const dataset = twoTastes();
    const params = { ...PARAMS, iterations: 40 };
    const factors = alsFactors(dataset, params, { kernels: simd, seed: 1 });
    const users = dataset.itemUser.subarray(dataset.itemStart[3]!, dataset.itemStart[4]!);
    const folded = foldInItem(users, { dataset, factors }, { params, kernels: simd });
    const trained = factors.items.subarray(3 * 8, 4 * 8);
    expect(Math.max(...folded.map((x, at) => Math.abs(x - trained[at]!)))).toBeLessThan(2e-2);
  });

  test('greater weights pull harder; weights in another unit change nothing', () => {
    const pairs = [
      ['u', 'a', 5],
      ['u', 'b', 1],
      ['v', 'b', 1],
      ['v', 'a', 1],
    ] as const;
    const params = { ...PARAMS, dimensions: 4, regularization: 0.1 };
    const scores = scoresOf(datasetOf(pairs), simd, params);
    expect(scores[0]).toBeGreaterThan(scores[1]!);
    const tenfold = pairs.map(([user, item, weight]) => [user, item, 10 * weight] as const);
    expect(scoresOf(datasetOf(tenfold), simd, params)).toEqual(scores);
  });

  test.each([
    ['nothing at all', []],
    [
      'one user',
      [
        ['u', 'a'],
        ['u', 'b'],
      ],
    ],
    [
      'one item',
      [
        ['u', 'a'],
        ['v', 'a'],
      ],
    ],
    [
      'users with everything',
      [
        ['u', 'a'],
        ['u', 'b'],
        ['v', 'a'],
        ['v', 'b'],
      ],
    ],
  ] as [string, [string, string][]][])('%s is trained on without fault', (_, pairs) => {
    const dataset = datasetOf(pairs);
    for (const kernels of [simd, plain]) {
      const scores = scoresOf(dataset, kernels);
      expect(scores.every(Number.isFinite)).toBe(true);
    }
  });

  test('somebody without history gets finite scores, an item without users gets zero', () => {
    const whole = twoTastes();
    const dataset: Dataset = {
      ...whole,
      items: [...whole.items, 'untouched'],
      itemStart: Int32Array.of(...whole.itemStart, whole.size),
    };
    const scorer = alsModel.train(dataset, PARAMS, contextOf(simd));
    const out = new Float32Array(2 * dataset.items.length);
    scorer.score([NO_HISTORY, historyOf(dataset, 0)], out);
    expect(out.every(Number.isFinite)).toBe(true);
    expect(out[2 * dataset.items.length - 1]).toBe(0);
  });
});

describe('item lists of als', () => {
  const dataset = twoTastes();
  const factors = alsFactors(dataset, PARAMS, { kernels: plain, seed: 1 });

  test('hold other items of the same taste, best first, in 0-1', () => {
    const lists = alsItemLists(factors, { kernels: plain, keep: 5 });
    for (let item = 0; item < dataset.items.length; item++) {
      const ids = [...lists.ids.subarray(item * 5, item * 5 + lists.sizes[item]!)];
      const scores = [...lists.scores.subarray(item * 5, item * 5 + lists.sizes[item]!)];
      const tasteOf = (at: number) => Math.floor(Number(dataset.items[at]!.slice(1)) / 10);
      expect(ids).not.toContain(item);
      expect(ids.map(tasteOf)).toEqual(ids.map(() => tasteOf(item)));
      expect([...scores].sort((a, b) => b - a)).toEqual(scores);
      expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
    }
  });

  test('leave out what may not be served', () => {
    const servable = new Uint8Array(dataset.items.length).fill(1);
    servable[2] = 0;
    const lists = alsItemLists(factors, { kernels: plain, keep: 20, servable });
    expect(
      [...lists.ids].filter((id, at) => id === 2 && at % 20 < lists.sizes[Math.floor(at / 20)]!),
    ).toEqual([]);
  });
});

test('the defaults are within the documented limits', () => {
  for (const [name, { least, most }] of Object.entries(alsModel.parameters)) {
    const value = ALS_DEFAULTS[name as keyof AlsParams];
    expect(value).toBeGreaterThanOrEqual(least ?? Number.NEGATIVE_INFINITY);
    expect(value).toBeLessThanOrEqual(most ?? Number.POSITIVE_INFINITY);
  }
});
