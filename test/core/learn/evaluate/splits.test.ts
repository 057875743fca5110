import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildDataset, type Dataset } from '../../../../core/learn/data/dataset.ts';
import type { Experiment } from '../../../../core/learn/evaluate/experiment.ts';
import {
  askGiven,
  holdOutShare,
  leaveLatestOut,
  splitByTime,
  usersWith,
} from '../../../../core/learn/evaluate/splits.ts';
import { cutValidation } from '../../../../core/learn/evaluate/validation.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';

const RUNS = { seed: 5, numRuns: 200 };

const rows = (...lines: string[]) =>
  lines.map((line) => {
    const [user = '', item = '', at = '0'] = line.split(' ');
    return { user, item, weight: 1, at: Number(at) };
  });

const names = ({ items }: Dataset, numbers: Int32Array) => [...numbers].map((item) => items[item] ?? '?');
const asked = ({ train, cases }: Experiment) =>
  cases.histories.map((history, at) => ({
    user: history.user === undefined ? undefined : train.users[history.user],
    history: names(train, history.items),
    targets: names(train, cases.targets[at]!),
  }));

const world = buildDataset(rows('a x 1', 'a y 2', 'a z 3', 'b y 2', 'b x 5', 'c x 9'));

describe('splits', () => {
  it('leave out the latest item of each user', () => {
    const split = leaveLatestOut(world, usersWith(world, 2));
    expect(asked(split)).toEqual([
      { user: 'a', history: ['x', 'y'], targets: ['z'] },
      { user: 'b', history: ['y'], targets: ['x'] },
    ]);
    expect(split.train.size).toBe(4);
    expect(split.train.items).toEqual(world.items);
  });

  it('train on what came before a point in time and ask everybody who came after it', () => {
    expect(asked(splitByTime(world, 0.5))).toEqual([
      { user: 'a', history: ['x', 'y'], targets: ['z'] },
      { user: 'b', history: ['y'], targets: ['x'] },
      { user: 'c', history: [], targets: ['x'] },
    ]);
  });

  it('keep equal times together', () => {
    const tied = buildDataset(rows('a x 1', 'a y 1', 'b x 1', 'b z 2'));
    expect(splitByTime(tied, 0.5).train.size).toBe(0);
    expect(splitByTime(tied, 0.8).train.size).toBe(3);
  });

  it('hold out a share of each user, the latest or at random, and leave every user something', () => {
    const person = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 25 });
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (people, share) => {
          const dataset = buildDataset(
            people.flatMap((items, user) =>
              items.map((item, at) => ({ user: `${user}`, item: `${item}`, weight: 1, at })),
            ),
          );
          const users = usersWith(dataset, 2);
          for (const latest of [true, false]) {
            const split = holdOutShare(dataset, { users, share, latest, random: seededRandom(1) });
            expect(split.cases.histories).toHaveLength(users.length);
            split.cases.histories.forEach((history, at) => {
              const targets = split.cases.targets[at]!;
              const own = history.items.length + targets.length;
              expect(targets).toHaveLength(Math.min(own - 1, Math.max(1, Math.round(own * share))));
              expect(new Set([...history.items, ...targets]).size).toBe(own);
            });
          }
        },
      ),
      RUNS,
    );
  });

  it('ask about given tests: strangers with an empty history, unknown items as -1, nobody without candidates', () => {
    const test = buildDataset(rows('b z', 'b new', 'stranger x', 'c y'));
    const all = askGiven(world, { test });
    expect(asked(all)).toEqual([
      { user: 'b', history: ['y', 'x'], targets: ['z', '?'] },
      { user: undefined, history: [], targets: ['x'] },
      { user: 'c', history: ['x'], targets: ['y'] },
    ]);
    const some = askGiven(world, { test, candidates: new Map([['b', ['x', 'nowhere']]]) });
    expect(asked(some)).toHaveLength(1);
    expect([...some.cases.candidates![0]!]).toEqual([world.itemIndex.get('x'), -1]);
  });
});

describe('validation', () => {
  const many = buildDataset(
    Array.from({ length: 400 }, (_, at) => ({
      user: `u${at % 20}`,
      item: `i${(at * 7 + Math.floor(at / 20)) % 90}`,
      weight: 1,
      at,
    })),
  );
  const experiment = { train: many, cases: { histories: [], targets: [] } };

  it('samples distinct candidates that the user does not have, the same under one seed', () => {
    const cut = () =>
      cutValidation(experiment, { kind: 'latest', share: 0, byTime: true, candidates: 30, seed: 3 }).cases;
    const cases = cut();
    expect(cases.histories).toHaveLength(20);
    cases.candidates!.forEach((candidates, at) => {
      const own = new Set([...cases.histories[at]!.items, ...cases.targets[at]!]);
      expect(new Set(candidates).size).toBe(30);
      expect([...candidates].some((item) => own.has(item))).toBe(false);
    });
    expect(cut().candidates).toEqual(cases.candidates);
  });

  it('has nobody to ask where users have too little', () => {
    const one = { train: buildDataset(rows('a x 1')), cases: { histories: [], targets: [] } };
    for (const kind of ['latest', 'share'] as const) {
      expect(cutValidation(one, { kind, share: 0.2, byTime: true, seed: 1 }).cases.histories).toHaveLength(0);
    }
  });
});
