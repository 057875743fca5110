import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { distributions } from '../../../../adapters/numbers/distributions.ts';
import { compareWithOwnLog } from '../../../../core/experiments/policy/compare-with-own-log.ts';
import { countedPolicy } from '../../../../core/experiments/policy/counted-policy.ts';
import { evaluatePolicy } from '../../../../core/experiments/policy/evaluate-policy.ts';
import type { DecisionLog } from '../../../../core/experiments/policy/types.ts';
import vectors from '../../../vectors/bandit.json' with { type: 'json' };
import { logOf, valueOfPolicy, type World } from './logs.ts';

const options = { confidence: 0.95, distributions };

const world: World = {
  contextCount: 2,
  actionCount: 3,
  logging: [0.5, 0.3, 0.2, 0.2, 0.2, 0.6],
  evaluated: [0.1, 0.2, 0.7, 0.6, 0.3, 0.1],
  rewards: [0.1, 0.2, 0.4, 0.5, 0.05, 0.2],
};
const stated = { probabilities: Float64Array.from(world.evaluated) };

const holds = ([low, high]: readonly [number, number], value: number) => low <= value && value <= high;

describe('estimates', () => {
  it.each(vectors.policies)('agree with numpy: $contextCount contexts, $actionCount actions', (vector) => {
    const log: DecisionLog = {
      contexts: Int32Array.from(vector.contexts),
      actions: Int32Array.from(vector.actions),
      rewards: Float64Array.from(vector.rewards),
      propensities: Float64Array.from(vector.propensities),
      contextCount: vector.contextCount,
      actionCount: vector.actionCount,
    };
    const countedFrom = vector.countedFrom && Float64Array.from(vector.countedFrom);
    const policy = { probabilities: Float64Array.from(vector.probabilities), countedFrom };
    const { estimates, diagnostics } = evaluatePolicy(log, policy, options);
    for (const name of ['ips', 'snips'] as const) {
      expect(estimates[name].value).toBeCloseTo(vector[name][0]!, 10);
      expect(estimates[name].standardError).toBeCloseTo(vector[name][1]!, 10);
    }
    expect(diagnostics.effectiveSampleSize).toBeCloseTo(vector.effectiveSampleSize, 8);
    expect(diagnostics.largestWeight).toBeCloseTo(vector.largestWeight, 8);
    expect(diagnostics.meanWeight).toBeCloseTo(vector.meanWeight, 8);
  });

  it('of the logging policy itself are what it saw', () => {
    const log = logOf(world, world.logging, 900, 1);
    const itself = { probabilities: Float64Array.from(world.logging) };
    const { loggedValue, estimates } = evaluatePolicy(log, itself, options);
    expect(estimates.ips.value).toBeCloseTo(loggedValue, 12);
    expect(estimates.snips.value).toBeCloseTo(loggedValue, 12);
    expect(estimates.ips.lift.interval[1]).toBeCloseTo(0, 12);
  });

  it('doubly robust is exact where actions always bring the same', () => {
    const log = logOf(world, world.logging, 300, 2);
    const fixed = { ...log, rewards: log.rewards.map(() => 7) };
    const { estimates } = evaluatePolicy(fixed, stated, options);
    expect(estimates.dr.value).toBeCloseTo(7, 12);
    expect(estimates.dr.standardError).toBeCloseTo(0, 12);
    expect(estimates.snips.value).toBeCloseTo(7, 12);
    expect(estimates.ips.standardError).toBeGreaterThan(0.1);
  });

  it('doubly robust is the narrower one where a model explains the reward', () => {
    const log = logOf(world, world.logging, 4_000, 3);
    const shifted = { ...log, rewards: log.rewards.map((reward) => reward + 10) };
    const { estimates } = evaluatePolicy(shifted, stated, options);
    expect(estimates.dr.standardError).toBeLessThan(estimates.ips.standardError / 5);
    expect(Math.abs(estimates.dr.value - 10 - valueOfPolicy(world, world.evaluated))).toBeLessThan(0.05);
  });

  it('hold the true value as often as they say, also where the policy was counted from a log', () => {
    const truth = valueOfPolicy(world, world.evaluated);
    const runs = 300;
    const held = { ips: 0, snips: 0, dr: 0, counted: 0, countedAsStated: 0, agrees: 0 };
    for (let run = 0; run < runs; run += 1) {
      const log = logOf(world, world.logging, 800, 100 + run);
      const { estimates } = evaluatePolicy(log, stated, options);
      held.ips += Number(holds(estimates.ips.interval, truth));
      held.snips += Number(holds(estimates.snips.interval, truth));
      held.dr += Number(holds(estimates.dr.interval, truth));
      const own = logOf(world, world.evaluated, 60, 9_000 + run);
      const policy = countedPolicy(own);
      const counted = evaluatePolicy(log, policy, options).estimates.dr;
      held.counted += Number(holds(counted.interval, truth));
      const asStated = evaluatePolicy(log, { probabilities: policy.probabilities }, options).estimates.dr;
      held.countedAsStated += Number(holds(asStated.interval, truth));
      held.agrees += Number(compareWithOwnLog({ log, own, policy }, options).agreement.dr.agrees);
    }
    for (const name of ['ips', 'snips', 'dr', 'counted', 'agrees'] as const) {
      expect(held[name] / runs).toBeGreaterThan(0.91);
      expect(held[name] / runs).toBeLessThan(0.985);
    }
    expect(held.countedAsStated).toBeLessThan(held.counted);
  });

  it('do not depend on how actions and contexts are numbered', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
        const log = logOf(world, world.logging, 200, seed);
        const cells = world.contextCount * world.actionCount;
        const mirrored = {
          ...log,
          contexts: log.contexts.map((context) => world.contextCount - 1 - context),
          actions: log.actions.map((action) => world.actionCount - 1 - action),
        };
        const policy = { probabilities: stated.probabilities.map((_, k, all) => all[cells - 1 - k]!) };
        const [one, other] = [
          evaluatePolicy(log, stated, options),
          evaluatePolicy(mirrored, policy, options),
        ];
        for (const name of ['ips', 'snips', 'dr'] as const) {
          expect(other.estimates[name].value).toBeCloseTo(one.estimates[name].value, 10);
          expect(other.estimates[name].standardError).toBeCloseTo(one.estimates[name].standardError, 10);
        }
      }),
      { seed: 20_261_121, numRuns: 30 },
    );
  });
});

describe('warnings', () => {
  const never: World = { ...world, logging: [0.5, 0.5, 0, 0.2, 0.2, 0.6] };

  it('tell that the log never took what the policy takes', () => {
    const log = logOf(never, never.logging, 2_000, 4);
    const { warnings, diagnostics } = evaluatePolicy(log, stated, options);
    expect(diagnostics.unsupportedProbability).toBeCloseTo(0.35, 10);
    expect(warnings[0]).toContain('Support is lacking: the policy gives 35 % of its probability');
  });

  it('tell of weights that do not average 1, and of few effective rows', () => {
    const log = logOf(world, world.logging, 2_000, 5);
    const halved = { ...log, propensities: log.propensities.map((propensity) => propensity / 2) };
    expect(evaluatePolicy(halved, stated, options).warnings).toEqual([
      expect.stringContaining('instead of 1: the propensities are not those'),
    ]);
    const few = logOf(world, world.logging, 40, 6);
    expect(evaluatePolicy(few, stated, options).warnings[0]).toContain('intervals are too narrow');
    expect(evaluatePolicy(log, stated, options).warnings).toEqual([]);
  });

  it('a policy that takes nothing of what was logged has no self-normalised value', () => {
    const log = { ...logOf(world, world.logging, 50, 7), actionCount: 3 };
    const only = { ...log, actions: log.actions.map(() => 0) };
    const other = { probabilities: Float64Array.from([0, 1, 0, 0, 1, 0]) };
    const { estimates, diagnostics, warnings } = evaluatePolicy(only, other, options);
    expect(estimates.snips.value).toBeNaN();
    expect(estimates.ips.value).toBe(0);
    expect(diagnostics.effectiveSampleSize).toBe(0);
    expect(warnings.length).toBeGreaterThan(1);
  });
});

describe('the value that the policy saw in its own log', () => {
  it('does not agree with propensities that are wrong', () => {
    const log = logOf(world, world.logging, 5_000, 8);
    const own = logOf(world, world.evaluated, 5_000, 9);
    const policy = countedPolicy(own);
    const right = compareWithOwnLog({ log, own, policy }, options);
    expect(right.agreement.dr.agrees).toBe(true);
    expect(right.agreement.dr.withinSeenInterval).toBe(true);
    const wrong = { ...log, propensities: log.propensities.map(() => 1 / 3) };
    expect(compareWithOwnLog({ log: wrong, own, policy }, options).agreement.ips.agrees).toBe(false);
  });
});
