import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { specialFunctions } from '../../../../adapters/numbers/special-functions.ts';
import { betaMean } from '../../../../core/learn/users/lifetime/beta-mean.ts';
import {
  bgNbdLogLikelihood,
  fitBgNbd,
  type Purchases,
} from '../../../../core/learn/users/lifetime/bg-nbd.ts';
import { fitGammaGamma, gammaGammaLogLikelihood } from '../../../../core/learn/users/lifetime/gamma-gamma.ts';
import {
  expectedPayment,
  expectedPurchases,
  lifetimeFrom,
  probabilityAlive,
} from '../../../../core/learn/users/lifetime/lifetime-from.ts';
import { minimise } from '../../../../core/learn/users/lifetime/minimise.ts';
import type { BgNbd } from '../../../../core/learn/users/types.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';
import { purchasesOf, vectors } from './vectors.ts';

const MEMORYLESS = { r: 1, alpha: 1, a: 1, b: 1 };

describe('the likelihood of BG/NBD', () => {
  it.each(vectors.bgNbdLikelihood)('$name', ({ parameters, customers, likelihood }) => {
    const log = bgNbdLogLikelihood(customers.map(purchasesOf), parameters, specialFunctions);
    expect(log).toBeCloseTo(Math.log(likelihood), 10);
  });

  it.each([
    { frequency: -1, recencyWeeks: 0, ageWeeks: 1 },
    { frequency: 1.5, recencyWeeks: 1, ageWeeks: 2 },
    { frequency: 1, recencyWeeks: 3, ageWeeks: 2 },
    { frequency: 0, recencyWeeks: 1, ageWeeks: 2 },
    { frequency: 1, recencyWeeks: Number.NaN, ageWeeks: 2 },
    { frequency: 1, recencyWeeks: 1, ageWeeks: Number.POSITIVE_INFINITY },
  ])('refuses %j', (customer) => {
    expect(() => bgNbdLogLikelihood([customer], MEMORYLESS, specialFunctions)).toThrow(
      /do not belong together/,
    );
  });
});

/** Customers who buy as the model says, with one rate and one probability to leave for each group. */
const simulated = (customers: number, parameters: BgNbd, seed: number): Purchases[] => {
  const random = seededRandom(seed);
  /** Sums of exponentials: only for whole shapes. */
  const gamma = (shape: number): number => {
    let sum = 0;
    for (let n = 0; n < shape; n++) sum -= Math.log(1 - random());
    return sum;
  };
  return Array.from({ length: customers }, () => {
    const rate = gamma(parameters.r) / parameters.alpha;
    const [x, y] = [gamma(parameters.a), gamma(parameters.b)];
    const leaving = x / (x + y);
    const ageWeeks = 20 + random() * 20;
    let [frequency, recencyWeeks] = [0, 0];
    for (let time = gamma(1) / rate; time <= ageWeeks; time += gamma(1) / rate) {
      frequency += 1;
      recencyWeeks = time;
      if (random() < leaving) break;
    }
    return { frequency, recencyWeeks, ageWeeks };
  });
};

describe('fitting BG/NBD', () => {
  it('finds the parameters that made the data', () => {
    const made = { r: 1, alpha: 4, a: 1, b: 3 };
    const { parameters, converged } = fitBgNbd(simulated(2_500, made, 17), specialFunctions);
    expect(converged).toBe(true);
    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      expect(Math.abs(Math.log(parameters[name] / made[name]))).toBeLessThan(0.35);
  });

  it('ends where no neighbouring parameters are likelier', () => {
    const customers = simulated(300, { r: 1, alpha: 2, a: 1, b: 2 }, 3);
    const { parameters, logLikelihood } = fitBgNbd(customers, specialFunctions);
    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      for (const factor of [0.9, 0.99, 1.01, 1.1]) {
        const moved = { ...parameters, [name]: parameters[name] * factor };
        expect(bgNbdLogLikelihood(customers, moved, specialFunctions)).toBeLessThanOrEqual(
          logLikelihood + 1e-6,
        );
      }
  });

  it('keeps finite parameters where nobody ever leaves', () => {
    const customers = Array.from({ length: 200 }, (_, n) => ({
      frequency: 10 + (n % 5),
      recencyWeeks: 50,
      ageWeeks: 50,
    }));
    const { parameters } = fitBgNbd(customers, specialFunctions);
    for (const value of Object.values(parameters)) expect(value).toBeLessThan(1e6);
    expect(expectedPurchases(parameters, customers[0]!, 50)).toBeGreaterThan(8);
  });

  it('says what is missing', () => {
    expect(() => fitBgNbd([], specialFunctions)).toThrow('needs customers');
    const once = [{ frequency: 0, recencyWeeks: 0, ageWeeks: 5 }];
    expect(() => fitBgNbd(once, specialFunctions)).toThrow('bought again');
  });
});

describe('what a customer is expected to do', () => {
  it.each(vectors.alive)('alive after $purchases: $expected', ({ parameters, purchases, expected }) => {
    expect(probabilityAlive(parameters, purchasesOf(purchases))).toBeCloseTo(expected, 10);
  });

  const { cases, parameters, tolerance } = vectors.expectedPurchases;
  it.each(cases)(
    'buys $expected times in $weeks weeks after $purchases',
    ({ purchases, weeks, expected }) => {
      const found = expectedPurchases(parameters, purchasesOf(purchases), weeks);
      expect(Math.abs(found - expected)).toBeLessThan(tolerance);
    },
  );

  it('is finite, not negative, and more in a longer time, whatever the parameters and the history', () => {
    const positive = fc.double({ min: 0.01, max: 2_000, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({ r: positive, alpha: positive, a: positive, b: positive }),
        fc.nat(400),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 500, noNaN: true }),
        (model, frequency, share, ageWeeks) => {
          const purchases = { frequency, recencyWeeks: frequency === 0 ? 0 : share * ageWeeks, ageWeeks };
          const [month, year] = [
            expectedPurchases(model, purchases, 4),
            expectedPurchases(model, purchases, 52),
          ];
          expect(month).toBeGreaterThanOrEqual(0);
          expect(year).toBeGreaterThanOrEqual(month);
          const steady = ((model.r + frequency) / (model.alpha + ageWeeks)) * 52;
          expect(year).toBeLessThanOrEqual(steady * (1 + 1e-9));
        },
      ),
      { seed: 20_261_121, numRuns: 150 },
    );
  });

  it('falls the longer the silence after the same purchases', () => {
    const seenAt = (ageWeeks: number): number =>
      expectedPurchases(parameters, { frequency: 5, recencyWeeks: 10, ageWeeks }, 26);
    expect(seenAt(10)).toBeGreaterThan(seenAt(20));
    expect(seenAt(20)).toBeGreaterThan(seenAt(60));
  });

  it('is nothing in no time', () => {
    expect(expectedPurchases(parameters, { frequency: 5, recencyWeeks: 10, ageWeeks: 12 }, 0)).toBe(0);
  });

  it('is money: payments expected times the payment expected', () => {
    const model = { bgNbd: MEMORYLESS, gammaGamma: { p: 2, q: 3, v: 10 } };
    const payments = { frequency: 1, recencyWeeks: 1, ageWeeks: 3, meanValue: 20, meanOf: 2 };
    const found = lifetimeFrom(model, payments, 365);
    expect(found).toMatchObject({ pAlive: expect.closeTo(0.2, 10), method: 'model' });
    expect(found.expected).toBeCloseTo(found.payments * (100 / 6), 10);
  });
});

describe('the mean over a Beta distribution', () => {
  it('is exact for powers: E[p] = a / (a + b), E[p^2] = a (a + 1) / ((a + b) (a + b + 1))', () => {
    for (const [a, b] of [
      [0.05, 3],
      [0.793, 2.426],
      [1, 1],
      [30, 2],
      [20_000, 160_000],
    ] as const) {
      expect(betaMean(() => 1, a, b)).toBeCloseTo(1, 12);
      expect(betaMean((p) => p, a, b) / (a / (a + b))).toBeCloseTo(1, 9);
      const second = (a * (a + 1)) / ((a + b) * (a + b + 1));
      expect(betaMean((p) => p * p, a, b) / second).toBeCloseTo(1, 9);
    }
  });
});

describe('the Gamma-Gamma model', () => {
  it.each(vectors.gammaGammaLikelihood)('$name', ({ parameters, customers, likelihood }) => {
    const payments = customers.map(([count, mean]) => ({ count, mean }));
    expect(gammaGammaLogLikelihood(payments, parameters, specialFunctions)).toBeCloseTo(
      Math.log(likelihood),
      10,
    );
  });

  it.each(vectors.expectedPayment)(
    'expects of somebody with an $name',
    ({ parameters, payment, expected }) => {
      const [count, mean] = payment;
      expect(expectedPayment(parameters, { count, mean })).toBeCloseTo(expected, 10);
    },
  );

  const random = seededRandom(5);
  const exponential = (): number => -Math.log(1 - random());
  const payments = Array.from({ length: 300 }, () => {
    const count = 1 + Math.floor(random() * 6);
    const usual = 40 / (exponential() + exponential() + exponential());
    const paid = Array.from({ length: count }, () => usual * (exponential() + exponential()));
    return { count, mean: paid.reduce((sum, x) => sum + x, 0) / count };
  });

  it('does not depend on the currency', () => {
    const euros = fitGammaGamma(payments, specialFunctions).parameters;
    const cents = fitGammaGamma(
      payments.map(({ count, mean }) => ({ count, mean: 100 * mean })),
      specialFunctions,
    ).parameters;
    expect(cents.p).toBeCloseTo(euros.p, 2);
    expect(cents.q).toBeCloseTo(euros.q, 2);
    expect(cents.v / 100 / euros.v).toBeCloseTo(1, 2);
  });

  it('leaves out who paid nothing, and refuses what has no distribution', () => {
    const free = { count: 3, mean: 0 };
    expect(fitGammaGamma([...payments, free], specialFunctions).customers).toBe(300);
    expect(() => fitGammaGamma([], specialFunctions)).toThrow('two customers');
    expect(() => fitGammaGamma([free, free], specialFunctions)).toThrow('two customers');
    const same = [
      { count: 1, mean: 5 },
      { count: 2, mean: 5 },
    ];
    expect(() => fitGammaGamma(same, specialFunctions)).toThrow('different values');
  });
});

describe('the minimiser', () => {
  it("finds the bottom of Rosenbrock's valley", () => {
    const found = minimise((at) => (1 - at[0]!) ** 2 + 100 * (at[1]! - at[0]! ** 2) ** 2, [-1.2, 1]);
    expect(found.converged).toBe(true);
    expect(found.at[0]).toBeCloseTo(1, 2);
    expect(found.at[1]).toBeCloseTo(1, 2);
  });

  it('stays inside of a domain whose outside is infinite', () => {
    const found = minimise((at) => (at[0]! <= 0 ? Number.POSITIVE_INFINITY : at[0]! - Math.log(at[0]!)), [5]);
    expect(found.at[0]).toBeCloseTo(1, 4);
  });
});
