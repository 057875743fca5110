import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { chanceOfBest } from '../../../../core/experiments/bandit/chance-of-best.ts';
import { posteriorsOf } from '../../../../core/experiments/bandit/posterior.ts';
import type { MetricType } from '../../../../core/experiments/types.ts';
import vectors from '../../../vectors/bandit.json' with { type: 'json' };

const FIXED = { seed: 20_261_121, numRuns: 60 };

const converted = (users: number, sum: number) => ({ users, sum, sumSquares: sum });

const chances = (arms: readonly ReturnType<typeof converted>[], lowest = false) =>
  chanceOfBest(posteriorsOf('binomial', arms)!, { lowest });

const someArms = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 2,
    maxLength: 6,
  })
  .map((rows) => rows.map(([users, share]) => converted(users, Math.floor(users * share))));

describe('probability of being best', () => {
  it.each(vectors.chances)('$type, $goal: as by 4,000,000 draws and by integration', (vector) => {
    const posteriors = posteriorsOf(vector.type as MetricType, vector.arms)!;
    const found = chanceOfBest(posteriors, { lowest: vector.goal === 'decrease' });
    found.forEach((chance, arm) => {
      expect(Math.abs(chance - vector.byIntegral[arm]!)).toBeLessThan(2.5e-4);
      expect(Math.abs(chance - vector.byDraws[arm]!)).toBeLessThan(1.3e-3);
    });
  });

  it('adds up to 1, and the order of the arms does not matter', () => {
    fc.assert(
      fc.property(someArms, (arms) => {
        const found = chances(arms);
        expect(found.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
        chances(arms.toReversed())
          .toReversed()
          .forEach((chance, arm) => {
            expect(chance).toBeCloseTo(found[arm]!, 9);
          });
      }),
      FIXED,
    );
  });

  it('the lowest is the highest of what did not convert', () => {
    fc.assert(
      fc.property(someArms, (arms) => {
        const others = arms.map(({ users, sum }) => converted(users, users - sum));
        chances(arms, true).forEach((chance, arm) => {
          expect(chance).toBeCloseTo(chances(others)[arm]!, 6);
        });
      }),
      FIXED,
    );
  });

  it('one more conversion never lowers the chance of an arm', () => {
    fc.assert(
      fc.property(someArms, (arms) => {
        const [first, ...others] = arms;
        fc.pre(first!.sum < first!.users);
        const better = [converted(first!.users, first!.sum + 1), ...others];
        expect(chances(better)[0]!).toBeGreaterThanOrEqual(chances(arms)[0]! - 1e-6);
      }),
      FIXED,
    );
  });

  it('a million users beside none, and many arms, stay finite', () => {
    const extreme = chances([converted(0, 0), converted(5e7, 1), converted(5e7, 5e7)]);
    expect(extreme.every(Number.isFinite)).toBe(true);
    expect(extreme[2]).toBeGreaterThan(0.99);
    const twenty = chances(Array.from({ length: 20 }, () => converted(500, 25)));
    for (const chance of twenty) expect(chance).toBeCloseTo(0.05, 9);
  });

  it('means do not depend on the unit', () => {
    const arms = [
      { users: 100, sum: 250, sumSquares: 1_400 },
      { users: 110, sum: 300, sumSquares: 1_700 },
    ];
    const cents = arms.map(({ users, sum, sumSquares }) => ({
      users,
      sum: sum * 100,
      sumSquares: sumSquares * 10_000,
    }));
    const [inEuros, inCents] = [arms, cents].map((one) =>
      chanceOfBest(posteriorsOf('revenue', one)!, { lowest: false }),
    );
    expect(inCents![0]).toBeCloseTo(inEuros![0]!, 9);
  });
});
