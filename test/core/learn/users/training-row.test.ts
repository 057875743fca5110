import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { userRow } from '../../../../core/learn/users/training-row.ts';
import { paymentHistory } from '../../../../core/profile/fold/payment-history.ts';
import { BEHAVIOUR_FEATURES, behaviourVector } from '../../../../core/profile/view/behaviour-vector.ts';
import { anyHistory, DAY, fold, interaction, NOW } from '../../profile/histories.ts';

const HORIZON = 30 * DAY;
const rowOf = (interactions: ReturnType<typeof interaction>[]) =>
  userRow({ behaviour: fold(...interactions), interactions }, { now: NOW, horizonMs: HORIZON });
const daysAgo = (days: number, parts = {}) => interaction({ occurredAt: NOW - days * DAY, ...parts });

describe('the row of a user', () => {
  it('shows the user one horizon ago, and whether anything followed', () => {
    const stayed = rowOf([daysAgo(90), daysAgo(40), daysAgo(10)]);
    const left = rowOf([daysAgo(90), daysAgo(40)]);
    expect(stayed.past?.churned).toBe(0);
    expect(left.past?.churned).toBe(1);
    expect(stayed.past?.v).toEqual(left.past?.v);
  });

  it('has no past for somebody who came since', () => {
    expect(rowOf([daysAgo(29)]).past).toBeUndefined();
    expect(rowOf([]).past).toBeUndefined();
  });

  it('counts payments, and those within the horizon for the past', () => {
    const row = rowOf([
      daysAgo(60, { type: 'purchase', value: 10 }),
      daysAgo(46, { type: 'purchase', value: 20 }),
      daysAgo(4, { type: 'order', value: 60 }),
      daysAgo(2),
    ]);
    expect(row.payments).toEqual({
      frequency: 2,
      recencyWeeks: 8,
      ageWeeks: 60 / 7,
      meanValue: 30,
      meanOf: 3,
    });
    expect(row.past?.payments).toMatchObject({ frequency: 1, recencyWeeks: 2, meanValue: 15 });
    expect(row.past?.paid).toEqual({ count: 1, value: 60 });
    expect(rowOf([daysAgo(40)]).past?.paid).toBeUndefined();
  });

  it('holds no name, id or text of the user', () => {
    const text = JSON.stringify(
      rowOf([daysAgo(40, { feedback: 'call me', sessionId: 'secret' }), daysAgo(20)]),
    );
    expect(text).not.toMatch(/ada|secret|call me/);
  });
});

describe('the behaviour vector', () => {
  it('is finite and of one length, whatever happened', () => {
    fc.assert(
      fc.property(anyHistory(60), fc.integer({ min: -DAY, max: 500 * DAY }), (history, later) => {
        const vector = behaviourVector(fold(...history), NOW + later);
        expect(vector).toHaveLength(BEHAVIOUR_FEATURES.length);
        expect([...vector].every(Number.isFinite)).toBe(true);
      }),
      { seed: 20_261_121, numRuns: 200 },
    );
  });

  it('does not depend on the order of arrival', () => {
    const history = [
      daysAgo(1),
      daysAgo(40, { type: 'purchase', value: 5 }),
      daysAgo(3, { device: 'mobile' }),
    ];
    const there = behaviourVector(fold(...history), NOW);
    const back = behaviourVector(fold(...history.reverse()), NOW);
    there.forEach((x, j) => {
      expect(back[j]).toBeCloseTo(x, 10);
    });
  });

  it('says when, how often, on what and at what hours', () => {
    const at = (name: (typeof BEHAVIOUR_FEATURES)[number], ...history: ReturnType<typeof interaction>[]) =>
      behaviourVector(fold(...history), NOW)[BEHAVIOUR_FEATURES.indexOf(name)];
    expect(at('recency', daysAgo(3))).toBeCloseTo(Math.log(4), 10);
    expect(at('frequency', daysAgo(3), daysAgo(5))).toBeCloseTo(Math.log(3), 10);
    expect(at('mobileShare', daysAgo(1, { device: 'phone' }), daysAgo(1, { device: 'desktop' }))).toBe(0.5);
    expect(at('daytimeShare', interaction({ occurredAt: Date.UTC(2026, 10, 19, 13) }))).toBe(1);
    expect(at('trend', daysAgo(1), daysAgo(2))).toBe(1);
    expect(at('trend', daysAgo(70))).toBe(-1);
  });
});

describe('the payments of a behaviour', () => {
  it('are undefined before the first, and for behaviours that kept no times', () => {
    expect(paymentHistory(fold(daysAgo(3)), NOW)).toBeUndefined();
    const { payments, ...older } = fold(daysAgo(3, { type: 'purchase', value: 4 }));
    expect(payments).toBeDefined();
    expect(paymentHistory(older, NOW)).toBeUndefined();
    const partly = fold(daysAgo(3, { type: 'purchase', value: 4 }));
    expect(paymentHistory({ ...partly, types: [['purchase', 2, 8_000]] }, NOW)).toBeUndefined();
  });

  it('never end after now', () => {
    const future = paymentHistory(
      fold(daysAgo(-2, { type: 'purchase' }), daysAgo(5, { type: 'purchase' })),
      NOW,
    );
    expect(future).toMatchObject({ frequency: 1, recencyWeeks: 1, ageWeeks: 1 });
  });
});
