import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { experimentBody } from '../../../../contracts/experiments/schemas.ts';
import {
  armWeights,
  DEFAULT_BURN_IN,
  DEFAULT_FLOOR,
  withFloor,
} from '../../../../core/experiments/bandit/arm-weights.ts';
import { banditMetric, reweight } from '../../../../core/experiments/bandit/reweight.ts';
import { experimentFaults } from '../../../../core/experiments/definition/check-experiment.ts';
import type { ArmCounts } from '../../../../core/experiments/results/types.ts';
import type { ExperimentBody, Metric } from '../../../../core/experiments/types.ts';

const signup: Metric = { name: 'signup', type: 'binomial', goal: 'increase' };
const spend: Metric = { name: 'spend', type: 'revenue', goal: 'increase' };

const body = (changes: Partial<ExperimentBody>): ExperimentBody => ({
  key: 'button',
  name: 'Button',
  kind: 'bandit',
  variants: [
    { key: 'a', weight: 0.5 },
    { key: 'b', weight: 0.5 },
  ],
  coverage: 1,
  metrics: [signup],
  status: 'running',
  ...changes,
});

const arm = (variant: string, users: number, metrics: ArmCounts['metrics']): ArmCounts => ({
  variant,
  users,
  metrics,
});
const did = (sum: number, sumSquares = sum) => ({ sum, sumSquares });
const signups = (a: [number, number], b: [number, number]): ArmCounts[] => [
  arm('a', a[0], { signup: did(a[1]) }),
  arm('b', b[0], { signup: did(b[1]) }),
];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('weights of a bandit', () => {
  it('are the probability of being best, with a floor', () => {
    const found = reweight(body({}), signups([1_000, 50], [1_000, 100]));
    expect(found?.weights).toEqual([0.05, 0.95]);
    expect(found?.reason).toBe('Probability of being best by signup after 2000 users: a 0 %, b 100 %');
  });

  it('follow a goal that decreases', () => {
    const bounce: Metric = { name: 'signup', type: 'binomial', goal: 'decrease' };
    const found = reweight(body({ metrics: [bounce] }), signups([1_000, 50], [1_000, 100]));
    expect(found?.weights).toEqual([0.95, 0.05]);
  });

  it('stay equal until every arm has its users', () => {
    const counts = signups([5_000, 50], [99, 60]);
    expect(reweight(body({}), counts)).toBeUndefined();
    const skewed = [
      { key: 'a', weight: 0.9 },
      { key: 'b', weight: 0.1 },
    ];
    expect(reweight(body({ variants: skewed }), counts)).toEqual({
      weights: [0.5, 0.5],
      reason: 'Equal weights until every arm has 100 users; the smallest has 99',
    });
    expect(reweight(body({}), signups([5_000, 50], [100, 60]))?.weights).toEqual([0.05, 0.95]);
    expect(reweight(body({ bandit: { burnIn: 6_000 } }), signups([5_999, 9], [6_001, 90]))).toBeUndefined();
  });

  it('of an arm that nobody saw, or that counts do not name, are of the burn-in', () => {
    expect(reweight(body({}), [])).toBeUndefined();
    expect(reweight(body({}), signups([900, 9], [900, 90]).slice(0, 1))).toBeUndefined();
  });

  it('do not move by five points or less, nor when asked again', () => {
    const counts = signups([1_000, 50], [1_000, 100]);
    const [a, b] = reweight(body({}), counts)!.weights as [number, number];
    const moved = (x: number) => [
      { key: 'a', weight: a + x },
      { key: 'b', weight: b - x },
    ];
    expect(reweight(body({ variants: moved(0) }), counts)).toBeUndefined();
    expect(reweight(body({ variants: moved(0.049) }), counts)).toBeUndefined();
    expect(reweight(body({ variants: moved(0.06) }), counts)?.weights).toEqual([a, b]);
  });

  it('are for bandits with a metric only', () => {
    const counts = signups([1_000, 50], [1_000, 100]);
    expect(reweight(body({ kind: 'ab' }), counts)).toBeUndefined();
    expect(reweight(body({ metrics: [] }), counts)).toBeUndefined();
  });

  it('go by the metric that is named, else by the first that is no guardrail', () => {
    const guarded = body({ metrics: [{ ...signup, guardrail: true }, spend] });
    expect(banditMetric(guarded)?.name).toBe('spend');
    expect(banditMetric({ ...guarded, bandit: { metric: 'signup' } })?.name).toBe('signup');
  });

  it('of revenue cut heavy tails where the cap is known', () => {
    const counts = [
      arm('a', 500, { spend: { ...did(60_000, 2.5e9), winsorized: did(5_000, 60_000) } }),
      arm('b', 500, { spend: { ...did(9_000, 200_000), winsorized: did(9_000, 200_000) } }),
    ];
    const [a, b] = reweight(body({ metrics: [spend] }), counts)!.weights;
    expect(a).toBeLessThan(b!);
  });

  it('stay equal where nobody differs', () => {
    const { weights, chances } = armWeights(
      [
        { users: 200, sum: 0, sumSquares: 0 },
        { users: 200, sum: 0, sumSquares: 0 },
        { users: 200, sum: 0, sumSquares: 0 },
      ],
      { ...spend, floor: 0.05, burnIn: 100 },
    );
    expect(weights).toEqual([0.3334, 0.3333, 0.3333]);
    expect(chances).toBeUndefined();
  });

  it('add up to 1 in ten-thousandths, none below its floor, in the order of the chances', () => {
    const some = fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 })
      .filter((parts) => sum(parts) > 0)
      .map((parts) => parts.map((part) => part / sum(parts)));
    fc.assert(
      fc.property(some, fc.double({ min: 0, max: 1, noNaN: true }), (chances, share) => {
        const floor = share / chances.length;
        const weights = withFloor(chances, floor);
        expect(sum(weights.map((weight) => Math.round(weight * 10_000)))).toBe(10_000);
        for (const weight of weights) {
          expect(weight).toBeGreaterThanOrEqual(floor - 1e-4);
          expect(Math.abs(weight * 10_000 - Math.round(weight * 10_000))).toBeLessThan(1e-9);
        }
        chances.forEach((chance, k) => {
          if (chance > chances[0]! + 1e-3) expect(weights[k]).toBeGreaterThanOrEqual(weights[0]!);
        });
      }),
      { seed: 20_261_121, numRuns: 200 },
    );
  });
});

describe('faults of a bandit', () => {
  const paths = (changes: Partial<ExperimentBody>) => experimentFaults(body(changes)).map(({ path }) => path);

  it('are floors of more than 1 together, a metric that is not there, settings of a plain experiment', () => {
    expect(paths({ bandit: { floor: 0.5, burnIn: 10, metric: 'signup' } })).toEqual([]);
    expect(paths({ bandit: { floor: 0.51 } })).toEqual(['bandit.floor']);
    expect(paths({ bandit: { metric: 'sign-up' } })).toEqual(['bandit.metric']);
    expect(paths({ kind: 'ab', bandit: {} })).toEqual(['bandit']);
  });

  it('and what the contract does not know; it says what the defaults are', () => {
    const { kind, variants, key, name, metrics } = body({});
    const written = (bandit: unknown) =>
      experimentBody.safeParse({ kind, variants, key, name, metrics, bandit });
    expect(written({}).data?.bandit).toEqual({ floor: DEFAULT_FLOOR, burnIn: DEFAULT_BURN_IN });
    for (const bandit of [
      { floor: -0.1 },
      { floor: 1.1 },
      { burnIn: 1.5 },
      { burnIn: -1 },
      { epsilon: 0.1 },
      5,
    ]) {
      expect(written(bandit).success).toBe(false);
    }
  });
});
