import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Conversion,
  countConversion,
  KEYS_KEPT,
  successorOf,
} from '../../../../core/experiments/outcomes/count-conversion.ts';
import { countedMetric } from '../../../../core/experiments/outcomes/counted-experiments.ts';
import { covariatesOf } from '../../../../core/experiments/outcomes/covariates.ts';
import { expiryOf } from '../../../../core/experiments/outcomes/first-row.ts';
import { mergeRows, rowOfUser } from '../../../../core/experiments/outcomes/merge-rows.ts';
import type { OutcomeRow } from '../../../../core/experiments/outcomes/types.ts';
import type { Metric } from '../../../../core/experiments/types.ts';
import { outcomeRow } from '../../../support/outcomes.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const DAY = 86_400_000;

const metric = (given: Partial<Metric> = {}): Metric => ({
  name: 'sales',
  type: 'revenue',
  goal: 'increase',
  ...given,
});
const conversion = (given: Partial<Conversion> = {}, of: Partial<Metric> = {}): Conversion => ({
  metric: countedMetric(metric(of)),
  id: 'order-1',
  value: 10,
  occurredAt: NOW,
  ...given,
});
const row = (given: Partial<OutcomeRow> = {}) => outcomeRow({ exposedAt: NOW, ...given });

const countAll = (start: OutcomeRow, conversions: readonly Conversion[]) =>
  conversions.reduce((before, one) => countConversion(before, one).row, start);

describe('a conversion', () => {
  it.each([
    ['at the exposure', 0, true],
    ['a millisecond before it', -1, false],
    ['at the end of the window', 14 * DAY, true],
    ['a millisecond later', 14 * DAY + 1, false],
  ])('%s counts or not', (_, after, counts) => {
    const { counted, reason, row: next } = countConversion(row(), conversion({ occurredAt: NOW + after }));
    expect(counted).toBe(counts);
    expect(next.metrics).toEqual(counts ? { sales: [1, 10] } : {});
    expect(reason).toMatch(
      counts ? /^Counted for the arm "quiet"$/ : /before the user saw|more than 14 days/,
    );
  });

  it('counts within the window of its metric', () => {
    const late = { occurredAt: NOW + 2 * DAY };
    expect(countConversion(row(), conversion(late, { windowDays: 1.5 })).reason).toMatch(
      /more than 1.5 days/,
    );
    expect(countConversion(row(), conversion(late, { windowDays: 2 })).counted).toBe(true);
  });

  it('counts once by its id, for each metric by itself', () => {
    const once = countConversion(row(), conversion()).row;
    expect(countConversion(once, conversion({ value: 99 }))).toMatchObject({ row: once, counted: false });
    const orders = { name: 'orders', type: 'count' } as const;
    const both = countAll(once, [conversion({ value: 1 }, orders), conversion({ value: 1 }, orders)]);
    expect(both.metrics).toEqual({ sales: [1, 10], orders: [1, 1] });
  });

  it('of a binomial metric counts once per user and leaves no key', () => {
    const of = { type: 'binomial' } as const;
    const twice = countAll(row(), [conversion({ value: 1 }, of), conversion({ id: 'other', value: 1 }, of)]);
    expect([twice.metrics, twice.keys]).toEqual([{ sales: [1, 1] }, []]);
  });

  it('does not count for an id that became a user', () => {
    expect(countConversion(row({ movedTo: 'ada' }), conversion())).toMatchObject({ counted: false });
  });

  it('counts for metrics of any name', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      const { row: next } = countConversion(row(), conversion({}, { name }));
      expect(Object.entries(next.metrics)).toEqual([[name, [1, 10]]]);
    }
  });

  it('is remembered by the last 64 of its user, or by all of one write', () => {
    const many = Array.from({ length: 100 }, (_, n) => conversion({ id: `order-${n}` }));
    const before = row();
    const batch = successorOf(before, countAll(before, many));
    expect([batch.rev, batch.keys.length]).toEqual([2, 100]);
    expect(countAll(batch, many)).toBe(batch);
    const next = successorOf(batch, countConversion(batch, conversion({ id: 'one more' })).row);
    expect([next.rev, next.keys.length]).toEqual([3, KEYS_KEPT]);
    expect(countAll(next, many.slice(-63))).toBe(next);
    expect(next.metrics.sales).toEqual([101, 1_010]);
  });
});

describe('covariates', () => {
  const types: [string, number, number][] = [
    ['purchase', 3, 12_500],
    ['sign_up', 1, 0],
    ['view', 200, 7_000],
  ];

  it('are what the user did before: how often, for revenue for how much', () => {
    const metrics = [
      metric({ name: 'sales', event: 'purchase' }),
      metric({ name: 'Sign Up', type: 'binomial' }),
      metric({ name: 'reading', type: 'duration', event: 'view' }),
      metric({ name: 'clicks', type: 'count', event: 'click' }),
    ];
    expect(covariatesOf(metrics, { types })).toEqual({ sales: 12.5, 'Sign Up': 1, reading: 200 });
    expect(covariatesOf(metrics, undefined)).toEqual({});
    expect(covariatesOf([metric({ event: 'sign_up' })], { types })).toEqual({});
  });
});

describe('a row', () => {
  it('is kept for 400 days, or half a year beyond the end of the experiment', () => {
    expect(expiryOf({ endsAt: Number.POSITIVE_INFINITY }, NOW)).toBe(NOW + 400 * DAY);
    expect(expiryOf({ endsAt: NOW + 30 * DAY }, NOW)).toBe(NOW + 400 * DAY);
    expect(expiryOf({ endsAt: NOW + 300 * DAY }, NOW)).toBe(NOW + 480 * DAY);
  });
});

describe('rows of one person', () => {
  const metrics: Metric[] = [metric(), metric({ name: 'signup', type: 'binomial' })];
  const own = row({
    userId: 'ada',
    exposedAt: NOW + DAY,
    propensity: 0.25,
    covariates: { sales: 5 },
    metrics: { sales: [1, 10], signup: [1, 1] },
    keys: [1],
    rev: 4,
  });
  const anonymous = row({
    userId: 'anon:1',
    metrics: { sales: [2, 3], signup: [1, 1] },
    keys: [2, 3],
    rev: 2,
    movedTo: 'ada',
  });

  it('become one of the same arm: exposed since the first time, with what both did', () => {
    const merged = mergeRows(own, anonymous, metrics);
    expect(merged).toEqual({
      ...own,
      exposedAt: NOW,
      propensity: 0.5,
      covariates: {},
      metrics: { sales: [3, 13], signup: [1, 1] },
      keys: [2, 3, 1],
      mergedFrom: ['anon:1'],
      rev: 5,
    });
    expect(mergeRows(merged, anonymous, metrics)).toBe(merged);
  });

  it('of two arms: the own one wins, and the other is remembered', () => {
    const other = { ...anonymous, variant: 'control' };
    const merged = mergeRows(own, other, metrics);
    expect(merged).toEqual({ ...own, otherArms: ['control'], mergedFrom: ['anon:1'], rev: 5 });
    expect(mergeRows(merged, { ...other, userId: 'anon:2' }, metrics).otherArms).toEqual(['control']);
  });

  it('move whole where the user has none', () => {
    const { movedTo: _, ...left } = anonymous;
    expect(rowOfUser(anonymous, 'ada')).toEqual({
      ...left,
      userId: 'ada',
      mergedFrom: ['anon:1'],
      rev: 1,
    });
  });

  it('come to the same whatever the order of two ids', () => {
    const tally = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 99 }));
    const any = fc.record({
      exposedAt: fc.integer({ min: NOW, max: NOW + 9 }),
      metrics: fc.dictionary(fc.constantFrom('sales', 'other'), tally),
      variant: fc.constantFrom('quiet', 'control', 'loud'),
    });
    const property = fc.property(any, any, (a, b) => {
      const [first, second] = [
        row({ ...a, userId: 'anon:1' }),
        row({ ...b, userId: 'anon:2', exposedAt: b.exposedAt + 20 }),
      ];
      const there = mergeRows(mergeRows(own, first, metrics), second, metrics);
      const back = mergeRows(mergeRows(own, second, metrics), first, metrics);
      const told = ({ metrics: m, variant, exposedAt, otherArms }: OutcomeRow) => ({
        m,
        variant,
        exposedAt,
        otherArms: [...otherArms].sort(),
      });
      expect(told(there)).toEqual(told(back));
    });
    fc.assert(property, { seed: 6, numRuns: 200 });
  });
});
