import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';
import { nextActionModel, nextActions } from '../../../core/workflow/next-actions.ts';
import { logOf } from './steps.ts';

describe('next actions', () => {
  it('mix long and short contexts by hand', () => {
    // (2 + 4 / 2) / (5 + 4) = 4/9 at all; (2 + 2 * 4/9) / (2 + 2) after a
    expect(nextActions(logOf('a b', 'a b', 'a'), 5)).toEqual([
      { action: 'b', probability: 0.7222 },
      { action: 'a', probability: 0.2778 },
    ]);
  });

  it('know longer contexts than the last action', () => {
    const visits = Array.from({ length: 6 }, (_, i) => (i % 2 === 0 ? 'x a y' : 'z a w'));
    expect(nextActions(logOf(...visits, 'x a'), 1)[0]?.action).toBe('y');
    expect(nextActions(logOf(...visits, 'z a'), 1)[0]?.action).toBe('w');
  });

  it('back off where the context is new, and are none without actions', () => {
    expect(nextActions(logOf('a b', 'a b', 'c a b', 'd'), 1)[0]?.action).toMatch(/a|b/);
    expect(nextActions(logOf(), 5)).toEqual([]);
    expect(nextActions(logOf('a'), 5)).toEqual([{ action: 'a', probability: 1 }]);
  });

  it('have probabilities that add up to 1 after any history', () => {
    const visit = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 });
    const asked = fc.array(fc.integer({ min: -2, max: 6 }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(visit, { minLength: 1, maxLength: 6 }), asked, (visits, history) => {
        const log = logOf(...visits.map((one) => one.join(' ')));
        fc.pre(log.names.length > 0);
        const probabilities = nextActionModel(log).probabilities(history);
        expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
        expect(Math.min(...probabilities)).toBeGreaterThan(0);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('foresee workflows better than the last action alone does, and than what is most frequent', () => {
    const random = seededRandom(9);
    const pick = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)]!;
    const actions = Array.from({ length: 12 }, (_, i) => `action-${i}`);
    const workflows = Array.from({ length: 6 }, () => Array.from({ length: 4 }, () => pick(actions)));
    const visits = Array.from({ length: 300 }, () =>
      pick(workflows).map((action) => (random() < 0.2 ? pick(actions) : action)),
    );
    const log = logOf(...visits.slice(0, 200).map((visit) => visit.join(' ')));
    const [frequent, first, third] = [0, 1, 3].map((order) => {
      const model = nextActionModel(log, order);
      let [hits, logLoss] = [0, 0];
      for (const visit of visits.slice(200)) {
        const codes = visit.map((action) => log.names.indexOf(action));
        codes.slice(1).forEach((actual, i) => {
          const probabilities = model.probabilities(codes.slice(0, i + 1));
          hits += probabilities.indexOf(Math.max(...probabilities)) === actual ? 1 : 0;
          logLoss -= Math.log(probabilities[actual]!);
        });
      }
      return { hits, logLoss };
    });
    expect(first!.hits).toBeGreaterThan(frequent!.hits);
    expect(third!.hits).toBeGreaterThan(first!.hits);
    expect(first!.logLoss).toBeLessThan(frequent!.logLoss);
    expect(third!.logLoss).toBeLessThan(first!.logLoss);
  });
});
