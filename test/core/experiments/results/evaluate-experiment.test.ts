import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Outcome } from '../../../../core/experiments/results/outcome-counter.ts';
import type { ArmComparison, Results } from '../../../../core/experiments/results/types.ts';
import type { Metric } from '../../../../core/experiments/types.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';
import { difference } from '../../../support/near.ts';
import { bodyOf, converted, countAll, countsOf, ENDED, evaluate, revenue, signup } from './support.ts';

const settings = { seed: 61, numRuns: 25, endOnFailure: true };
const visits: Metric = { name: 'visits', type: 'count', goal: 'decrease' };
const METRICS = [signup, revenue, visits];

/** Cents. */
const amount = fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100);
const outcome = (variant: string): fc.Arbitrary<Outcome> =>
  fc
    .record({ n: fc.nat(3), spend: amount, visits: fc.nat(20), before: amount })
    .map(({ n, spend, visits: seen, before }) => ({
      variant,
      covariates: { revenue: before },
      metrics: { signup: [n, n], revenue: [1, n > 0 ? spend : 0], visits: [seen, seen] },
    }));
const arms = fc.tuple(fc.array(outcome('a'), { maxLength: 40 }), fc.array(outcome('b'), { maxLength: 40 }));

const numbersOf = (value: unknown): number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
};

const comparisonsOf = ({ metrics }: Results): ArmComparison[] =>
  metrics.map(({ arms: [, treated] }) => treated!.comparison!);

const negated = (interval: readonly [number, number] | null) => interval && [-interval[1], -interval[0]];

describe('properties', () => {
  test('every number is finite and in its range, also of nobody and one user', () => {
    fc.assert(
      fc.property(arms, fc.constantFrom(undefined, ENDED), ([a, b], endDate) => {
        const body = bodyOf(METRICS, { endDate });
        const seen = evaluate(body, countAll(body, [...a, ...b]));
        expect(numbersOf(seen).every(Number.isFinite)).toBe(true);
        for (const { pValue, adjustedPValue, chanceToWin, expectedLoss, sequential, power } of comparisonsOf(
          seen,
        )) {
          for (const p of [pValue, adjustedPValue, chanceToWin, sequential.pValue, power.now ?? 0]) {
            expect(p).toBeGreaterThanOrEqual(0);
            expect(p).toBeLessThanOrEqual(1 + 1e-12);
          }
          expect(adjustedPValue).toBeGreaterThanOrEqual(pValue);
          expect(expectedLoss).toBeGreaterThanOrEqual(0);
        }
      }),
      settings,
    );
  });

  test('swapping the arms flips signs and nothing else', () => {
    fc.assert(
      fc.property(arms, ([a, b]) => {
        const body = bodyOf(METRICS);
        const swapped = { ...body, variants: [...body.variants].reverse() };
        const [there, back] = [body, swapped].map((one) =>
          comparisonsOf(evaluate(one, countAll(one, [...a, ...b]))),
        );
        there!.forEach((one, at) => {
          const other = back![at]!;
          const told = {
            absolute: -other.lift.absolute,
            interval: negated(other.lift.interval),
            p: other.pValue,
            sequential: { ...other.sequential, interval: negated(other.sequential.interval) },
            chance: 1 - other.chanceToWin,
            credible: negated(other.credibleInterval),
            cuped: other.cuped?.pValue,
          };
          const { lift, pValue, sequential, chanceToWin, credibleInterval, cuped } = one;
          const seen = {
            absolute: lift.absolute,
            interval: lift.interval,
            p: pValue,
            sequential,
            chance: chanceToWin,
            credible: credibleInterval,
            cuped: cuped?.pValue,
          };
          expect(roundedDifference(told, seen)).toBeUndefined();
        });
      }),
      settings,
    );
  });

  test('a constant added to the covariate changes nothing', () => {
    fc.assert(
      fc.property(arms, fc.integer({ min: -500, max: 500 }), ([a, b], constant) => {
        const body = bodyOf([revenue]);
        const shifted = [...a, ...b].map((one) => ({
          ...one,
          covariates: { revenue: one.covariates!.revenue! + constant },
        }));
        const [plain, moved] = [[...a, ...b], shifted].map(
          (rows) => comparisonsOf(evaluate(body, countAll(body, rows)))[0]!.cuped,
        );
        if (!plain || !moved) return;
        expect(moved.lift.absolute).toBeCloseTo(plain.lift.absolute, 5);
        expect(moved.pValue).toBeCloseTo(plain.pValue, 5);
      }),
      settings,
    );
  });

  test('identical arms: no difference in anything', () => {
    fc.assert(
      fc.property(fc.array(outcome('a'), { minLength: 2, maxLength: 40 }), (a) => {
        const body = bodyOf(METRICS);
        const both = [...a, ...a.map((one) => ({ ...one, variant: 'b' }))];
        const seen = evaluate(body, countAll(body, both));
        expect(seen.srm).toEqual({ pValue: 1, ok: true });
        for (const { lift, pValue, chanceToWin, sequential } of comparisonsOf(seen)) {
          expect(lift.absolute).toBe(0);
          expect(pValue).toBeCloseTo(1, 6);
          expect(chanceToWin).toBeCloseTo(0.5, 6);
          expect(sequential).toMatchObject({ pValue: 1, significant: false });
        }
      }),
      settings,
    );
  });

  test('the order of users changes nothing', () => {
    fc.assert(
      fc.property(arms, ([a, b]) => {
        const body = bodyOf(METRICS);
        const [there, back] = [[...a, ...b], [...b, ...a].reverse()].map((rows) => countAll(body, rows));
        expect(roundedDifference(there, back)).toBeUndefined();
      }),
      settings,
    );
  });

  test('amounts whose squares are no numbers break nothing', () => {
    const rows = ['a', 'a', 'b', 'b'].map(
      (variant, k): Outcome => ({ variant, metrics: { revenue: [1, k * 1e-320] } }),
    );
    const body = bodyOf([revenue]);
    const [tiny] = comparisonsOf(evaluate(body, countAll(body, rows)));
    expect(tiny).toMatchObject({ chanceToWin: 0.5, expectedLoss: 0 });
  });

  test('an always-valid p-value is at or below the level just where the interval leaves out 0', () => {
    const share = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(share, share, fc.constantFrom(0.8, 0.9, 0.95, 0.99), (a, b, confidence) => {
        const counts = countsOf([1_000, { signup: converted(a) }], [1_000, { signup: converted(b) }]);
        const { sequential } = comparisonsOf(evaluate(bodyOf([signup]), counts, confidence))[0]!;
        expect(sequential.pValue <= 1 - confidence).toBe(sequential.significant);
      }),
      { ...settings, numRuns: 60 },
    );
  });
});

/** Undefined where two values agree to eight digits of a hundred; NaN for what is undefined in both. */
const roundedDifference = (a: unknown, b: unknown): string | undefined => {
  const rounded = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_, part: unknown) =>
      typeof part === 'number' ? Number(part.toFixed(7)) + 0 : part,
    );
  return difference(rounded(a), rounded(b));
};

test('a goal to decrease: fewer is better', () => {
  const arm = (mean: number) => ({ visits: { sum: mean * 1_000, sumSquares: mean * mean * 1_000 + 999 } });
  const counts = countsOf([1_000, arm(5)], [1_000, arm(4.9)]);
  const [less] = comparisonsOf(evaluate(bodyOf([visits]), counts));
  const [more] = comparisonsOf(evaluate(bodyOf([{ ...visits, goal: 'increase' }]), counts));
  expect(less!.lift).toEqual(more!.lift);
  expect(less!.credibleInterval![0]).toBeCloseTo(more!.credibleInterval![0], 12);
  expect(less!.chanceToWin).toBeGreaterThan(0.98);
  expect(less!.chanceToWin + more!.chanceToWin).toBeCloseTo(1, 12);
  expect(less!.expectedLoss).toBeLessThan(more!.expectedLoss);
});

test('CUPED makes a hidden effect plain, and the verdict rests on it', () => {
  const random = seededRandom(7);
  const body = bodyOf([revenue]);
  const rows = Array.from({ length: 4_000 }, (_, k): Outcome => {
    const before = 100 * random();
    const spend = before + 4 * random() + (k % 2 ? 0.5 : 0);
    return { variant: k % 2 ? 'b' : 'a', covariates: { revenue: before }, metrics: { revenue: [1, spend] } };
  });
  const seen = evaluate(body, countAll(body, rows));
  const { cuped, sequential, lift } = comparisonsOf(seen)[0]!;
  expect(seen.metrics[0]!.cuped!.varianceReduction).toBeGreaterThan(0.99);
  expect(seen.metrics[0]!.cuped!.theta).toBeCloseTo(1, 2);
  expect(sequential.significant).toBe(false);
  expect(cuped!.sequential.significant).toBe(true);
  expect(Math.abs(cuped!.lift.absolute - 0.5)).toBeLessThan(Math.abs(lift.absolute - 0.5));
  expect(seen).toMatchObject({ verdict: 'winner', winner: 'b' });
  expect(seen.recommendation).toMatch(/earlier behaviour taken out/);
});

test('tails are cut for all arms at one value, and what was counted stays', () => {
  const body = bodyOf([revenue]);
  const rows = Array.from({ length: 1_000 }, (_, k): Outcome => {
    const spend = k === 999 ? 1e6 : k % 4 === 0 ? 0 : 10;
    return { variant: k % 2 ? 'b' : 'a', metrics: { revenue: [1, spend] } };
  });
  const seen = evaluate(body, countAll(body, rows));
  const { winsorized, lift } = comparisonsOf(seen)[0]!;
  expect(seen.metrics[0]!.cap).toBe(10);
  expect(lift.absolute).toBeGreaterThan(1_900);
  expect(winsorized!.lift.absolute).toBeCloseTo(5, 9);
});

describe('the ratio of samples where weights moved', () => {
  const drawn = (seed: number, off: number): Outcome[] => {
    const random = seededRandom(seed);
    return Array.from({ length: 6_000 }, (_, k): Outcome => {
      const b = k < 3_000 ? 0.5 : 0.9;
      const isB = random() < b + off;
      return { variant: isB ? 'b' : 'a', propensity: isB ? b : 1 - b, metrics: {} };
    });
  };
  const moved = {
    ...bodyOf([signup]),
    variants: [
      { key: 'a', weight: 0.1 },
      { key: 'b', weight: 0.9 },
    ],
  };

  test('raises no alarm where everybody was drawn as asked at the time', () => {
    const alarms = Array.from({ length: 80 }, (_, k) => evaluate(moved, countAll(moved, drawn(k, 0))).srm);
    expect(alarms.every(({ ok }) => ok)).toBe(true);
    const below = alarms.filter(({ pValue }) => pValue < 0.1).length;
    expect(below).toBeGreaterThan(1);
    expect(below).toBeLessThan(18);
  });

  test('still finds what is wrong', () => {
    expect(evaluate(moved, countAll(moved, drawn(1, 0.05))).srm.ok).toBe(false);
  });

  test('is Pearson’s where they never moved', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 3, maxLength: 3 }), (users) => {
        const variants = [0.5, 0.3, 0.2].map((weight, k) => ({ key: 'abc'[k]!, weight }));
        const body = { ...bodyOf([signup]), variants };
        const plain = countsOf(...users.map((n): [number, never] => [n, {} as never]));
        const weighted = {
          ...plain,
          arms: plain.arms.map((arm, k) => ({
            ...arm,
            inversePropensity: {
              sum: arm.users / variants[k]!.weight,
              sumSquares: arm.users / variants[k]!.weight ** 2,
            },
          })),
        };
        expect(evaluate(body, weighted).srm.pValue).toBeCloseTo(evaluate(body, plain).srm.pValue, 9);
      }),
      settings,
    );
  });
});

test('published figures of Cookie Cats (90,189 players, gates at 30 and 40): p of .0744 and .0016, sample ratio .0086', () => {
  const metrics = ['retention_1', 'retention_7'].map((name): Metric => ({ ...signup, name }));
  const counts = countsOf(
    [44_700, { retention_1: converted(20_034), retention_7: converted(8_502) }],
    [45_489, { retention_1: converted(20_119), retention_7: converted(8_279) }],
  );
  const seen = evaluate(bodyOf(metrics, { endDate: ENDED }), counts);
  const [day, week] = comparisonsOf(seen);
  expect(seen.metrics.map(({ arms: all }) => all.map(({ mean }) => mean.toFixed(4)))).toEqual([
    ['0.4482', '0.4423'],
    ['0.1902', '0.1820'],
  ]);
  expect([day!.pValue.toFixed(4), week!.pValue.toFixed(4), seen.srm.pValue.toFixed(4)]).toEqual([
    '0.0744',
    '0.0016',
    '0.0086',
  ]);
  expect(seen).toMatchObject({ verdict: 'winner', winner: 'a', srm: { ok: true } });
});

test('names that every object has are names like others', () => {
  const odd: Metric = { name: 'constructor', type: 'revenue', goal: 'increase' };
  const body = bodyOf([odd, { ...odd, name: '__proto__' }]);
  const counts = countAll(body, [
    { variant: 'a', covariates: {}, metrics: {} },
    { variant: 'b', metrics: JSON.parse('{"__proto__":[1,5]}') as Outcome['metrics'] },
    { variant: 'nobody', metrics: {} },
  ]);
  const seen = evaluate(body, counts);
  expect(seen.users).toBe(2);
  expect(seen.metrics.map(({ arms: all }) => all.map(({ total }) => total))).toEqual([
    [0, 0],
    [0, 5],
  ]);
});
