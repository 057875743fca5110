import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { benjaminiHochberg } from '../../../../core/experiments/statistics/benjamini-hochberg.ts';
import {
  compareProportions,
  differenceInterval,
  pooledZ,
  relativeLift,
} from '../../../../core/experiments/statistics/two-proportions.ts';
import { type Proportion, wilsonInterval, Z_95 } from '../../../../core/experiments/statistics/wilson.ts';
import { normalTail, twoSidedP } from '../../../../core/numbers/normal-tail.ts';
import { vectors } from '../../profile/vectors.ts';

type Pair = readonly [converted: number, users: number];
type Interval = readonly [number, number];
type TwoArms = { treated: Pair; control: Pair };

const published = vectors<{
  wilson: (Proportion & { interval: Interval })[];
  difference: (TwoArms & { interval: Interval })[];
  relative: (TwoArms & { estimate: number; interval: Interval })[];
  chiSquare: (TwoArms & { chiSquare: number })[];
  normalTail: { z: number; tail: number }[];
  benjaminiHochberg: { pValues: number[]; rejected: number }[];
}>('two-proportions');

const arm = ([converted, users]: Pair): Proportion => ({ converted, users });
const arms = ({ treated, control }: TwoArms) => [arm(treated), arm(control)] as const;

const expectInterval = (found: Interval, wanted: Interval, digits: number) => {
  expect(found[0]).toBeCloseTo(wanted[0], digits);
  expect(found[1]).toBeCloseTo(wanted[1], digits);
};

describe('published examples', () => {
  it.each(published.wilson)('score interval of $converted of $users', ({ interval, ...proportion }) => {
    expectInterval(wilsonInterval(proportion, Z_95), interval, 4);
  });

  it.each(published.difference)('difference of $treated and $control', (one) => {
    expectInterval(differenceInterval(...arms(one), Z_95), one.interval, 4);
  });

  it.each(published.relative)('relative lift of $treated over $control', (one) => {
    const lift = relativeLift(...arms(one), Z_95)!;
    expect(lift.estimate).toBeCloseTo(one.estimate, 2);
    expectInterval(lift.interval!, one.interval, 2);
  });

  it.each(published.chiSquare)('chi-square of $treated and $control', (one) => {
    expect(pooledZ(...arms(one)) ** 2).toBeCloseTo(one.chiSquare, 2);
  });

  it.each(published.normalTail)('normal tail beyond $z', ({ z, tail }) => {
    expect(Math.abs(normalTail(z) / tail - 1)).toBeLessThan(1e-11);
  });

  it.each(published.benjaminiHochberg)('of fifteen tests $rejected are rejected', ({ pValues, rejected }) => {
    expect(benjaminiHochberg(pValues).filter((p) => p <= 0.05)).toHaveLength(rejected);
  });
});

const proportions = () =>
  fc
    .tuple(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([users, rate]): Proportion => ({ users, converted: Math.round(users * rate) }));

describe('two arms of any size', () => {
  const forAll = (holds: (treated: Proportion, control: Proportion) => void) =>
    fc.assert(fc.property(proportions(), proportions(), holds), { seed: 5 });

  it('differ by something within their interval, which stays within -1 to 1', () => {
    forAll((treated, control) => {
      const { difference, interval, pValue } = compareProportions(treated, control, Z_95);
      expect(interval[0]).toBeLessThanOrEqual(difference + 1e-12);
      expect(interval[1]).toBeGreaterThanOrEqual(difference - 1e-12);
      expect(interval[0]).toBeGreaterThanOrEqual(-1 - 1e-12);
      expect(interval[1]).toBeLessThanOrEqual(1 + 1e-12);
      expect(pValue).toBeGreaterThanOrEqual(0);
      expect(pValue).toBeLessThanOrEqual(1);
    });
  });

  it('differ by the opposite when they change places, and when conversions are counted as their absence', () => {
    const opposite = ({ users, converted }: Proportion): Proportion => ({
      users,
      converted: users - converted,
    });
    forAll((treated, control) => {
      const [low, high] = differenceInterval(treated, control, Z_95);
      expectInterval(differenceInterval(control, treated, Z_95), [-high, -low], 9);
      expectInterval(differenceInterval(opposite(treated), opposite(control), Z_95), [-high, -low], 9);
    });
  });

  it('have no relative lift over nobody, and no interval of one where nobody converted', () => {
    expect(relativeLift(arm([0, 50]), arm([5, 50]), Z_95)).toEqual({ estimate: -1, interval: undefined });
    expect(relativeLift(arm([5, 50]), arm([0, 50]), Z_95)).toBeUndefined();
  });
});

describe('coverage', () => {
  /** Probability of `k` of `n` at rate `p`, for every k. */
  const binomial = (n: number, p: number): number[] => {
    const chances = [(1 - p) ** n];
    for (let k = 1; k <= n; k += 1) chances.push((chances[k - 1]! * (n - k + 1) * p) / (k * (1 - p)));
    return chances;
  };

  it.each([
    [0.5, 0.5, 40, 40],
    [0.2, 0.1, 50, 50],
    [0.08, 0.12, 60, 90],
    [0.3, 0.7, 30, 60],
  ])(
    'the 95 % interval holds the difference of %f and %f in nearly 95 %% of samples of %i and %i',
    (p, q, m, n) => {
      const [treated, control] = [binomial(m, p), binomial(n, q)];
      let covered = 0;
      treated.forEach((chance, a) => {
        control.forEach((other, b) => {
          const [low, high] = differenceInterval(arm([a, m]), arm([b, n]), Z_95);
          if (low <= p - q && p - q <= high) covered += chance * other;
        });
      });
      expect(covered).toBeGreaterThan(0.93);
      expect(covered).toBeLessThan(0.98);
    },
  );
});

describe('adjusted p-values', () => {
  const pValues = () => fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });

  it('are never below the p-value, at most 1, and in the same order', () => {
    fc.assert(
      fc.property(pValues(), (given) => {
        const adjusted = benjaminiHochberg(given);
        given.forEach((p, at) => {
          expect(adjusted[at]).toBeGreaterThanOrEqual(p - 1e-15);
          expect(adjusted[at]).toBeLessThanOrEqual(1);
          given.forEach((other, place) => {
            if (p < other) expect(adjusted[at]!).toBeLessThanOrEqual(adjusted[place]!);
          });
        });
      }),
      { seed: 5 },
    );
  });

  it('reject exactly what the step-up procedure rejects', () => {
    fc.assert(
      fc.property(pValues(), (given) => {
        const sorted = [...given].sort((a, b) => a - b);
        const last = sorted.findLastIndex((p, at) => p <= (0.05 * (at + 1)) / given.length);
        const rejected = benjaminiHochberg(given).filter((p) => p <= 0.05 + 1e-15);
        expect(rejected).toHaveLength(last + 1);
      }),
      { seed: 5 },
    );
  });
});

describe('a p-value', () => {
  it('is that of a symmetric statistic', () => {
    expect(twoSidedP(0)).toBe(1);
    expect(twoSidedP(-2.5)).toBe(twoSidedP(2.5));
    expect(normalTail(Number.NaN)).toBeNaN();
  });
});
