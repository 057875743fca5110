import { describe, expect, test } from '@jest/globals';
import { distributions } from '../../../../adapters/numbers/distributions.ts';
import { beliefOfDifference } from '../../../../core/experiments/statistics/bayesian-means.ts';
import { beliefOfProportions } from '../../../../core/experiments/statistics/bayesian-proportions.ts';
import { compareMeans, welchDegrees } from '../../../../core/experiments/statistics/compare-means.ts';
import { compareShares } from '../../../../core/experiments/statistics/compare-shares.ts';
import { cupedAdjusted, cupedTheta } from '../../../../core/experiments/statistics/cuped.ts';
import { detectableEffect, powerOf, usersPerArm } from '../../../../core/experiments/statistics/power.ts';
import { sampleRatio } from '../../../../core/experiments/statistics/sample-ratio.ts';
import { sequentialInterval, sequentialReach } from '../../../../core/experiments/statistics/sequential.ts';
import { meanOf, sufficientOf, varianceOf } from '../../../../core/experiments/statistics/sufficient.ts';
import { winsorCap } from '../../../../core/experiments/statistics/winsorize.ts';
import vectors from '../../../vectors/experiment-statistics.json' with { type: 'json' };

const confidence = 0.95;
const nothing = { users: 0, sum: 0, sumSquares: 0 };

describe('distributions', () => {
  test.each(vectors.distributions)('$f($args)', ({ f, args, value }) => {
    const ask = distributions[f as keyof typeof distributions] as (...args: number[]) => number;
    const seen = ask(...args);
    expect(Math.abs(seen - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
  });
});

describe('two means', () => {
  test.each(vectors.welch)('agree with Welch (df $df)', ({ treated, control, ...expected }) => {
    const seen = compareMeans(treated, control, { confidence, distributions });
    expect(welchDegrees(treated, control)).toBeCloseTo(expected.df, 6);
    expect(seen.absolute).toBeCloseTo(expected.absolute, 9);
    expect(seen.pValue).toBeCloseTo(expected.pValue, 9);
    expect(seen.interval[0]).toBeCloseTo(expected.low, 7);
    expect(seen.interval[1]).toBeCloseTo(expected.high, 7);
  });

  test('nobody and one user tell nothing; no variance at all tells everything', () => {
    const one = sufficientOf([3]);
    expect(compareMeans(one, nothing, { confidence, distributions }).pValue).toBe(1);
    expect(compareMeans(one, nothing, { confidence, distributions }).relative).toBeUndefined();
    const [twos, ones] = [sufficientOf([2, 2, 2]), sufficientOf([1, 1, 1])];
    expect(compareMeans(twos, ones, { confidence, distributions }).pValue).toBe(0);
    expect(compareMeans(ones, ones, { confidence, distributions }).pValue).toBe(1);
  });
});

test('two shares by their sums: the published figures of Cookie Cats (7-day retention of 90,189 players)', () => {
  const shares = (users: number, sum: number) => ({ users, sum, sumSquares: sum });
  const [gate40, gate30] = [shares(45_489, 8_279), shares(44_700, 8_502)];
  const seen = compareShares(gate40, gate30, { confidence, distributions });
  expect(seen.absolute).toBeCloseTo(-0.0082, 4);
  expect(seen.pValue).toBeCloseTo(0.00155, 4);
  expect(seen.relative?.estimate).toBeCloseTo(-0.0431, 4);
  expect(compareShares(gate40, nothing, { confidence, distributions })).toMatchObject({ pValue: 1 });
});

describe('belief', () => {
  test.each(vectors.beliefOfProportions.rows)('of $treated and $control', ({ treated, control, ...row }) => {
    const seen = beliefOfProportions(treated, control, { confidence });
    expect(seen.chanceToWin).toBeCloseTo(row.chanceToWin, 2);
    expect(Math.abs(seen.chanceToWin - row.chanceToWin)).toBeLessThan(0.002);
    expect(Math.abs(seen.expectedLoss - row.expectedLoss)).toBeLessThan(0.01 * row.expectedLoss + 1e-5);
    expect(Math.abs(seen.credible[0] - row.low)).toBeLessThan(0.01 * (row.high - row.low));
    expect(Math.abs(seen.credible[1] - row.high)).toBeLessThan(0.01 * (row.high - row.low));
  });

  test('of a difference: the prior holds back what little data say, and gives way to much', () => {
    const prior = { priorDeviation: 0.3, confidence, distributions };
    const weak = beliefOfDifference({ estimate: 0.5, error: 1 }, prior);
    const strong = beliefOfDifference({ estimate: 0.5, error: 0.01 }, prior);
    expect(weak.chanceToWin).toBeLessThan(0.6);
    expect(strong.chanceToWin).toBeGreaterThan(0.999);
    expect(strong.credible[0]).toBeGreaterThan(0.47);
    const unseen = beliefOfDifference({ estimate: 0, error: Number.POSITIVE_INFINITY }, prior);
    expect(unseen.chanceToWin).toBe(0.5);
    expect(unseen.expectedLoss).toBeCloseTo(0.3 / Math.sqrt(2 * Math.PI), 12);
  });
});

test.each(vectors.sampleRatio)('sample ratio of $users', ({ users, weights, pValue }) => {
  const seen = sampleRatio(users, weights, distributions);
  expect(seen.pValue).toBeCloseTo(pValue, 9);
  expect(seen.ok).toBe(pValue >= 0.001);
});

test('CUPED takes out what the covariate explains, and leaves the mean difference unbiased', () => {
  const { arms, theta, adjusted } = vectors.cuped;
  expect(cupedTheta(arms)).toBeCloseTo(theta, 9);
  cupedAdjusted(arms).forEach((arm, k) => {
    expect(meanOf(arm)).toBeCloseTo(adjusted[k]!.mean, 8);
    expect(varianceOf(arm)).toBeCloseTo(adjusted[k]!.variance, 7);
    expect(varianceOf(arm)).toBeLessThan(varianceOf(arms[k]!.metric));
  });
  const constant = arms.map((arm) => ({
    ...arm,
    covariate: { ...nothing, users: arm.metric.users },
    products: 0,
  }));
  cupedAdjusted(constant).forEach((arm, k) => {
    expect(arm.sum).toBeCloseTo(arms[k]!.metric.sum, 9);
  });
});

test.each(vectors.sequential.rows)('sequential reach after $users users', (row) => {
  expect(sequentialReach(row.deviation, row.users, row)).toBeCloseTo(row.reach, 12);
});

test('the sequential interval is wider than the fixed one, and narrows with users', () => {
  const arm = (users: number, mean: number) => ({
    users,
    sum: users * mean,
    sumSquares: users * (mean * mean + 1),
  });
  const widths = [100, 1_000, 10_000].map((users) => {
    const [low, high] = sequentialInterval(arm(users, 1.1), arm(users, 1), { alpha: 0.05 });
    const fixed = compareMeans(arm(users, 1.1), arm(users, 1), { confidence, distributions }).interval;
    expect(high - low).toBeGreaterThan(fixed[1] - fixed[0]);
    return high - low;
  });
  expect(widths[1]!).toBeLessThan(widths[0]!);
  expect(widths[2]!).toBeLessThan(widths[1]!);
  expect(sequentialInterval(nothing, arm(5, 1), { alpha: 0.05 })[1]).toBe(Number.POSITIVE_INFINITY);
});

test.each(vectors.power)('power of $effect at error $error', ({ effect, error, alpha, power }) => {
  expect(powerOf(effect, error, { alpha, distributions })).toBeCloseTo(power, 9);
});

test('the detectable effect is found with just that power, and as many users as are needed', () => {
  const levels = { alpha: 0.05, distributions };
  const effect = detectableEffect(0.02, 0.8, levels);
  expect(powerOf(effect, 0.02, levels)).toBeCloseTo(0.8, 4);
  const users = usersPerArm(0.1, 1, { power: 0.8, ...levels });
  expect(users).toBe(1570);
  expect(powerOf(0.1, Math.sqrt(2 / users), levels)).toBeGreaterThanOrEqual(0.8 - 1e-6);
});

test('the cap of heavy tails looks at those who paid', () => {
  expect(winsorCap([0, 0, 0])).toBe(Number.POSITIVE_INFINITY);
  const paying = Array.from({ length: 101 }, (_, k) => k + 1);
  expect(winsorCap([...paying, ...new Array<number>(1_000).fill(0)])).toBeCloseTo(100, 9);
});
