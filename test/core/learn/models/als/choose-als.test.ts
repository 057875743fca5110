import { expect, test } from '@jest/globals';
import type { AlsParams } from '../../../../../core/learn/models/als/als-params.ts';
import { chooseAls } from '../../../../../core/learn/models/als/choose-als.ts';

const FILMS = { users: 6040, items: 3706, interactions: 994_169, cases: 6040 };

/** A smooth hill in the logarithms, a little higher for more dimensions and passes. */
const hill = (top: Pick<AlsParams, 'regularization' | 'unobservedWeight'>) => (params: AlsParams) =>
  1 -
  0.05 * Math.log(params.regularization / top.regularization) ** 2 -
  0.03 * Math.log(params.unobservedWeight / top.unobservedWeight) ** 2 +
  0.02 * Math.log2(params.dimensions) +
  0.01 * Math.log2(params.iterations);

test.each([
  ['films', FILMS, { regularization: 0.007, unobservedWeight: 0.3 }],
  [
    'pins',
    { users: 55_187, items: 9916, interactions: 1_445_622, cases: 5000 },
    { regularization: 0.02, unobservedWeight: 0.007 },
  ],
  [
    'purchases',
    { users: 22_363, items: 12_101, interactions: 176_139, cases: 16_500 },
    { regularization: 0.05, unobservedWeight: 0.0017 },
  ],
])('finds the optimum of %s within a factor of 1.6', (_, problem, top) => {
  const { params } = chooseAls(hill(top), { fixed: {}, problem });
  expect(Math.abs(Math.log(params.regularization / top.regularization))).toBeLessThan(Math.log(1.6));
  expect(Math.abs(Math.log(params.unobservedWeight / top.unobservedWeight))).toBeLessThan(Math.log(1.6));
  expect(params.dimensions).toBe(256);
});

test('what is fixed stays, in every trial but for the small first look', () => {
  const fixed = { dimensions: 64, regularization: 0.003 };
  const { params, tried } = chooseAls(hill({ regularization: 1, unobservedWeight: 1 }), {
    fixed,
    problem: FILMS,
  });
  expect(params).toMatchObject(fixed);
  expect([...new Set(tried.map((trial) => trial.params.regularization))]).toEqual([0.003]);
  expect(Math.max(...tried.map((trial) => trial.params.dimensions))).toBe(64);
});

test('chooses the smallest size where nothing makes a difference', () => {
  const { params } = chooseAls(() => 0.5, { fixed: {}, problem: FILMS });
  expect(params.dimensions).toBe(64);
  expect(params.iterations).toBe(16);
});

test('tries less where trials are dear, and at least once', () => {
  const top = { regularization: 0.007, unobservedWeight: 0.3 };
  const huge = { users: 1e6, items: 1e5, interactions: 1e8, cases: 5000 };
  const trials = (problem: typeof FILMS) => chooseAls(hill(top), { fixed: {}, problem }).tried.length;
  expect(trials(huge)).toBeLessThan(trials(FILMS));
  expect(trials(huge)).toBeGreaterThan(0);
});

test.each([Number.NaN, 0])('ends where every trial gives %d', (quality) => {
  const { params } = chooseAls(() => quality, {
    fixed: {},
    problem: { users: 0, items: 0, interactions: 0, cases: 0 },
  });
  expect(Object.values(params).every((value) => value > 0)).toBe(true);
});
