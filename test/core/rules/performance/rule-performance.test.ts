import { describe, expect, it } from '@jest/globals';
import { rulePerformance } from '../../../../core/rules/performance/rule-performance.ts';
import type { ArmCounts, ArmTable } from '../../../../core/rules/performance/types.ts';
import { NOW, ruleOf, WINDOW } from './support.ts';

const arm = (users: number, converted: number, more: ArmCounts = {}): ArmCounts => ({
  users,
  converted,
  ...more,
});
const HELD_OUT = ruleOf('r', { holdout: 0.2 });

const performanceOf = (arms: ArmTable, rule = HELD_OUT, segments: Record<string, ArmTable> = {}) =>
  rulePerformance(rule, { asOf: NOW, versions: { [rule.version]: { arms, segments } } }, NOW + 5);

describe('the performance of a rule', () => {
  it('compares those who got it with those held out', () => {
    const found = performanceOf({
      applied: arm(70, 56, { conversions: 90, value: 12_500, pending: 3 }),
      'held out': arm(80, 48),
      'not matched': arm(1000, 10),
    });
    expect(found).toMatchObject({
      ruleId: 'r',
      period: WINDOW,
      asOf: NOW,
      asked: 1150,
      matched: 150,
      exposures: 70,
      conversions: 56,
      conversionRate: 0.8,
      events: 90,
      value: 12.5,
      pending: 3,
      comparison: 'held out',
      control: { exposures: 80, conversions: 48, conversionRate: 0.6 },
      lift: { absolute: 0.2, relative: 0.333333, confidence: 0.95 },
      reason: null,
    });
    expect(found.lift!.interval[0]).toBeCloseTo(0.0524, 4);
    expect(found.lift!.interval[1]).toBeCloseTo(0.3339, 4);
    expect(found.note).toContain('at random');
  });

  it('compares with those who did not match where nobody is held out, and says what that is worth', () => {
    const found = performanceOf({ applied: arm(80, 64), 'not matched': arm(80, 48) }, ruleOf('r'));
    expect(found.comparison).toBe('not matched');
    expect(found.lift).not.toBeNull();
    expect(found.note).toContain('no effect');
  });

  it('does not fall back on those who did not match where the held out are too few', () => {
    const found = performanceOf({
      applied: arm(80, 64),
      'held out': arm(19, 5),
      'not matched': arm(500, 50),
    });
    expect(found).toMatchObject({ comparison: 'held out', lift: null });
    expect(found.reason).toBe('too little data: 19 users were held out, 20 are needed');
  });

  it.each([
    [arm(19, 19), arm(500, 50), '19 users got the rule'],
    [arm(500, 2), arm(500, 2), '4 conversions'],
    [{}, {}, '0 users got the rule'],
  ])('has no lift from %j and %j', (applied, heldOut, reason) => {
    const found = performanceOf({ applied, 'held out': heldOut });
    expect(found.lift).toBeNull();
    expect(found.reason).toContain(reason);
  });

  it('has a lift without a relative one where nobody converted in one group', () => {
    const { lift } = performanceOf({ applied: arm(400, 30), 'held out': arm(100, 0) });
    expect(lift).toMatchObject({ absolute: 0.075, relative: null, relativeInterval: null });
  });

  it('stays within -1 to 1 where everybody did', () => {
    const { lift } = performanceOf({ applied: arm(10_000, 10_000), 'held out': arm(5000, 0) });
    expect(lift!.interval[1]).toBe(1);
    expect(lift!.pValue).toBeGreaterThanOrEqual(0);
  });

  it('is told by segment, the largest first', () => {
    const small = { applied: arm(5, 1), 'held out': arm(1, 0) };
    const large = { applied: arm(80, 8), 'held out': arm(80, 40) };
    const { bySegment } = performanceOf({ applied: arm(85, 9) }, HELD_OUT, {
      small,
      large,
      apart: { 'not matched': arm(3, 0) },
    });
    expect(bySegment.map(({ segment }) => segment)).toEqual(['large', 'small']);
    expect(bySegment[0]!.lift!.absolute).toBeCloseTo(-0.4, 6);
    expect(bySegment[1]).toMatchObject({ exposures: 5, lift: null });
  });

  it('is zero with the reason before anything was counted', () => {
    const never = rulePerformance(HELD_OUT, { asOf: null, versions: {} }, NOW);
    expect(never).toMatchObject({ exposures: 0, conversions: 0, lift: null, asOf: null, period: WINDOW });
    expect(never.reason).toContain('aggregate');
    const unasked = rulePerformance(HELD_OUT, { asOf: NOW, versions: {} }, NOW);
    expect(unasked.reason).toContain('no decision');
  });

  it('is that of the last counted version until the present one is counted', () => {
    const rule = { ...HELD_OUT, version: 3 };
    const versions = { 1: { arms: { applied: arm(9, 1) } }, 2: { arms: { applied: arm(8, 2) } } };
    const before = rulePerformance(rule, { asOf: NOW, versions }, NOW);
    expect(before).toMatchObject({ version: 2, presentVersion: 3, exposures: 8 });
    expect(before.earlierVersions).toMatchObject([{ version: 1, exposures: 9, conversions: 1 }]);
    const present = { ...versions, 3: { arms: { applied: arm(2, 0) } } };
    const after = rulePerformance(rule, { asOf: NOW, versions: present }, NOW);
    expect(after).toMatchObject({ version: 3, exposures: 2 });
    expect(after.earlierVersions.map(({ version }) => version)).toEqual([2, 1]);
  });
});
