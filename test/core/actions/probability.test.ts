import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  type Habits,
  habitProbability,
  habitsOf,
  takeProbability,
} from '../../../core/actions/probability.ts';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { anAction } from '../../support/insights.ts';
import { NOON } from '../../support/interactions.ts';
import vectors from '../../vectors/action-probability.json' with { type: 'json' };
import { behaviourOf } from './behaviours.ts';

const HOUR = 3_600_000;
const call = anAction({ id: 'call' });

describe('the probability from habits', () => {
  it.each(vectors.habits)('$why', ({ steps, done, stepsPerHour, validHours, foreseen, probability }) => {
    const behaviour = { ...emptyBehaviour(), types: [['call', done, 0] as [string, number, number]] };
    const entry: Habits['next'][number]['entry'] = [NOON, 10, 'call', '', '', ''];
    const next = foreseen === undefined ? [] : [{ entry, probability: foreseen }];
    const habits = { behaviour, steps, stepsPerHour, next };
    expect(habitProbability(habits, { ...call, validHours })).toBeCloseTo(probability, 10);
  });

  it('is higher for what the user does often, and for what follows what was done last', () => {
    const visit = (at: number) => [
      { type: 'open', feature: 'leads', occurredAt: at },
      { type: 'call', occurredAt: at + 60_000 },
      { type: 'write', occurredAt: at + 120_000 },
    ];
    const before = [5, 4, 3, 2].flatMap((days) => visit(NOON - days * 24 * HOUR));
    const habits = habitsOf(
      behaviourOf(...before, { type: 'open', feature: 'leads', occurredAt: NOON - HOUR }),
      NOON,
    );
    const of = (doneBy: object) => habitProbability(habits, { ...call, doneBy });
    expect(of({ type: 'call' })).toBeGreaterThan(of({ type: 'write' }));
    expect(of({ type: 'write' })).toBeGreaterThan(of({ type: 'sell' }));
    expect(of({ feature: 'leads' })).toBeGreaterThan(of({ feature: 'maps' }));
    expect(of({ type: 'sell' })).toBeGreaterThan(0);
  });

  it('does not count what only happened to the user as steps', () => {
    const shown = Array.from({ length: 50 }, (_, i) => ({ type: 'impression', occurredAt: NOON - i * HOUR }));
    const calls = [{ type: 'call', occurredAt: NOON - HOUR }];
    const [with50, without] = [behaviourOf(...calls, ...shown), behaviourOf(...calls)].map((one) =>
      habitsOf(one, NOON),
    );
    expect(with50?.steps).toBeCloseTo(1, 10);
    expect(without?.steps).toBe(1);
  });

  it('counts steps an hour over two weeks, and over a day at least', () => {
    const daily = Array.from({ length: 60 }, (_, i) => ({ type: 'view', occurredAt: NOON - i * 24 * HOUR }));
    expect(habitsOf(behaviourOf(...daily), NOON).stepsPerHour).toBeCloseTo(1 / 24, 2);
    expect(habitsOf(behaviourOf({ occurredAt: NOON }), NOON).stepsPerHour).toBeCloseTo(1 / 24, 10);
    expect(habitsOf(behaviourOf(...daily), NOON + 40 * 24 * HOUR).stepsPerHour).toBe(0);
    expect(habitsOf(emptyBehaviour(), NOON)).toMatchObject({ steps: 0, stepsPerHour: 0, next: [] });
  });
});

describe('the probability that an offer is taken', () => {
  it.each(vectors.offers)('$why', ({ habit, offered, taken, stands, probability }) => {
    const endedAt = stands ? undefined : NOON;
    expect(takeProbability(habit, { offered, taken, endedAt })).toBeCloseTo(probability, 10);
    if (offered === 0) expect(takeProbability(habit, undefined)).toBe(probability);
  });

  it('rises with what is taken, falls with what is not, and is never 0 or 1', () => {
    const habit = fc.double({ min: 0.01, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(habit, fc.nat(300), fc.nat(300), (prior, taken, missed) => {
        const of = (hits: number, misses: number) =>
          takeProbability(prior, { offered: hits + misses, taken: hits, endedAt: NOON });
        const now = of(taken, missed);
        expect(of(taken + 1, missed)).toBeGreaterThan(now);
        expect(of(taken, missed + 1)).toBeLessThan(now);
        expect(now).toBeGreaterThan(0);
        expect(now).toBeLessThan(1);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
