import { describe, expect, it } from '@jest/globals';
import type { ItemNeighbours } from '../../../../core/learn/types.ts';
import { type Choice, lastChoice } from '../../../../core/learn/users/preference/choice.ts';
import { choiceExamples } from '../../../../core/learn/users/preference/choice-examples.ts';
import { fitNetwork } from '../../../../core/learn/users/preference/fit-network.ts';
import {
  addGradient,
  type Examples,
  forward,
  layout,
  newNetwork,
} from '../../../../core/learn/users/preference/network.ts';
import {
  PREFERENCE_FEATURES,
  type PreferenceSources,
  sourceParts,
} from '../../../../core/learn/users/preference/preference-features.ts';
import { preferenceFrom } from '../../../../core/learn/users/preference/preference-from.ts';
import { trainPreference } from '../../../../core/learn/users/preference/train-preference.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';
import { BEHAVIOUR_FEATURES } from '../../../../core/profile/view/behaviour-vector.ts';
import { DAY, interaction, NOW } from '../../profile/histories.ts';

/** Engagement where the signs of two features agree: no line separates it. */
const agreeing = (rows: number, seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: rows }, () => {
    const x = Float32Array.of(random() * 2 - 1, random() * 2 - 1, random());
    return { x, y: x[0]! * x[1]! > 0 ? (1 as const) : (0 as const) };
  });
};

const NAMES = ['a', 'b', 'noise'];

describe('the gradient of the network', () => {
  it('is what the loss changes by, for every parameter', () => {
    const random = seededRandom(2);
    const [inputs, hidden, rows] = [3, 4, 5];
    const network = newNetwork(inputs, hidden, 0.3, 7);
    const examples: Examples = {
      values: Float64Array.from({ length: rows * inputs }, () => random() * 2 - 1),
      rows,
      labels: Uint8Array.from([1, 0, 0, 1, 0]),
    };
    const units = new Float64Array(hidden);
    const gradient = new Float64Array(layout(inputs, hidden).size);
    const lossNow = (into = new Float64Array(gradient.length)): number => {
      let loss = 0;
      for (let row = 0; row < rows; row++) loss += addGradient(network, examples, row, units, into);
      return loss;
    };
    lossNow(gradient);
    for (let i = 0; i < gradient.length; i++) {
      const before = network.parameters[i]!;
      network.parameters[i] = before + 1e-5;
      const above = lossNow();
      network.parameters[i] = before - 1e-5;
      const below = lossNow();
      network.parameters[i] = before;
      expect(gradient[i]).toBeCloseTo((above - below) / 2e-5, 6);
    }
  });
});

describe('a new network', () => {
  it('answers near the share of positives, and is the same under its seed', () => {
    const network = newNetwork(3, 8, 0.02, 1);
    expect(newNetwork(3, 8, 0.02, 1)).toEqual(network);
    const logOdds = forward(network, [0, 0, 0], 0, new Float64Array(8));
    expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(0.02, 10);
  });
});

describe('preference prediction', () => {
  const examples = agreeing(2_000, 4);
  const { model, report } = trainPreference(examples, NAMES, { seed: 1, mostEpochs: 40 });

  it('learns what no line can separate', () => {
    expect(report.network.auc).toBeGreaterThan(0.93);
    expect(report.logistic.auc).toBeLessThan(0.65);
    expect(report.network.logLoss).toBeLessThan(report.baseLogLoss / 2);
  });

  it('answers from the stored model as the network did', () => {
    const read = JSON.parse(JSON.stringify(model));
    let right = 0;
    for (const { x, y } of agreeing(500, 99)) right += preferenceFrom(read, x) > 0.5 === (y === 1) ? 1 : 0;
    expect(right).toBeGreaterThan(450);
    expect(JSON.stringify(model).length).toBeLessThan(10_000);
  });

  it('is the same again under the same seed', () => {
    expect(trainPreference(examples, NAMES, { seed: 1, mostEpochs: 40 }).model).toEqual(model);
  });

  it('takes the mean for a feature that is missing', () => {
    const missing = preferenceFrom(model, [Number.NaN, 0.5, 0.5]);
    expect(missing).toBeCloseTo(preferenceFrom(model, [model.standardization.means[0]!, 0.5, 0.5]), 10);
  });

  it('leaves out rows that are no numbers, and counts them', () => {
    const broken = [
      { x: [1, Number.NaN, 0], y: 1 as const },
      { x: [1, 2], y: 0 as const },
      ...agreeing(100, 5),
    ];
    expect(trainPreference(broken, NAMES, { seed: 1, mostEpochs: 2 }).report).toMatchObject({
      samples: 100,
      skipped: 2,
    });
  });

  it('refuses too few examples, and survives one outcome only', () => {
    expect(() => trainPreference([], NAMES, { seed: 1 })).toThrow(RangeError);
    const same = agreeing(100, 6).map(({ x }) => ({ x, y: 1 as const }));
    const answer = preferenceFrom(trainPreference(same, NAMES, { seed: 1, mostEpochs: 3 }).model, [0, 0, 0]);
    expect(answer).toBeGreaterThan(0.9);
    expect(answer).toBeLessThan(1);
  });

  it('stops where the validation rows get no better', () => {
    const random = seededRandom(8);
    const chance = (rows: number): Examples => ({
      values: Float64Array.from({ length: rows * 3 }, () => random()),
      rows,
      labels: Uint8Array.from({ length: rows }, () => (random() < 0.5 ? 1 : 0)),
    });
    const fitted = fitNetwork(chance(400), chance(200), 3, { seed: 1, mostEpochs: 500 });
    expect(fitted.epochs).toBeLessThan(100);
    expect(fitted.validationLogLoss).toBeLessThan(0.75);
  });
});

describe('the last choice of a user', () => {
  const viewed = (contentId: string, daysAgo: number, parts = {}) =>
    interaction({ contentId, contentType: 'video', occurredAt: NOW - daysAgo * DAY, ...parts });

  it('is seen from the moment before it', () => {
    const earlier = [viewed('a', 9), viewed('b', 5)];
    const last = viewed('c', 1, { device: 'Mobile' });
    const choice = lastChoice([last, ...earlier], NOW);
    expect(choice).toMatchObject({ item: 'c', at: NOW - DAY, mobile: 1 });
    expect(choice?.history.map(({ itemId }) => itemId)).toEqual(['b', 'a']);
    expect(choice).toEqual(lastChoice([...earlier, last, viewed('later', -1)], NOW));
    expect(choice?.v).toHaveLength(BEHAVIOUR_FEATURES.length);
  });

  it.each([
    ['nothing at all', []],
    ['nothing before it', [viewed('a', 1)]],
    ['nothing this week', [viewed('a', 30), viewed('b', 20)]],
    ['an item known already', [viewed('a', 3), viewed('a', 1)]],
    ['dislike only', [viewed('a', 3), viewed('b', 1, { type: 'dislike' })].slice(1)],
    ['no content', [viewed('a', 30), interaction({ occurredAt: NOW - DAY })]],
  ])('is none after %s', (_, interactions) => {
    expect(lastChoice(interactions, NOW)).toBeUndefined();
  });
});

describe('examples from choices', () => {
  const list = (...items: string[]) => items.map((itemId, n) => ({ itemId, score: 1 / (n + 1) }));
  const neighbours = new Map<string, ItemNeighbours>([
    ['a', { collaborative: list('b', 'c', 'd'), sequential: list('b'), content: [] }],
  ]);
  const items = Array.from('abcdefghij');
  const sources: PreferenceSources = {
    neighbours,
    popularity: new Map([
      ['e', 1],
      ['f', 0.25],
    ]),
    typeOf: () => 'video',
  };
  const choice = (item: string, at = NOW): Choice => ({
    item,
    at,
    mobile: 1,
    v: BEHAVIOUR_FEATURES.map(() => 0.5),
    history: [{ itemId: 'a', weight: 1, at: at - DAY }],
    affinity: { video: 0.5 },
  });
  const feature = (x: ArrayLike<number>, name: (typeof PREFERENCE_FEATURES)[number]): number =>
    x[PREFERENCE_FEATURES.indexOf(name)]!;

  it('hold the choice as 1 beside up to four that were not chosen, none of them known to the user', () => {
    const examples = [...choiceExamples([choice('b')], sources, items, { seed: 1, after: 0 })];
    expect(examples.map(({ y }) => y)).toEqual([1, 0, 0, 0, 0]);
    const { x } = examples[0]!;
    expect(feature(x, 'collaborative')).toBe(1);
    expect(feature(x, 'typeAffinity')).toBe(0.5);
    expect(feature(x, 'popularity')).toBe(0);
    for (const { x: row } of examples) expect(Array.from(row).every(Number.isFinite)).toBe(true);
  });

  it('leave out choices that the lists were trained with', () => {
    const choices = [choice('b', NOW - DAY), choice('c', NOW)];
    const examples = [...choiceExamples(choices, sources, items, { seed: 1, after: NOW - DAY })];
    expect(examples.filter(({ y }) => y === 1)).toHaveLength(1);
  });

  it('come out of a world without lists, popularity or items', () => {
    const empty = { neighbours: new Map(), popularity: new Map(), typeOf: () => undefined };
    const examples = [...choiceExamples([choice('b')], empty, [], { seed: 1, after: 0 })];
    expect(examples).toHaveLength(1);
  });

  it('weigh the lists of the history by how much each item says', () => {
    const both = new Map(neighbours).set('z', { collaborative: list('c'), sequential: [], content: [] });
    const history = [
      { itemId: 'z', weight: 1, at: NOW },
      { itemId: 'a', weight: 1, at: NOW },
    ];
    const part = sourceParts(history, both).get('c')!.collaborative;
    expect(part).toBeCloseTo((1 * 1 + 0.8 * 0.5) / 1.8, 10);
  });
});
