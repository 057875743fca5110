import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { activityStreak } from '../../../core/profile/view/activity-streak.ts';
import { anyInteraction, DAY, fold, interaction, MINUTE, NOW, series } from './histories.ts';

const at = (...times: string[]) =>
  fold(...times.map((time) => interaction({ occurredAt: Date.parse(time) })));
const noon = Date.parse('2026-11-20T12:00:00Z');

describe('a streak of days', () => {
  it.each([
    ['nothing', [], 'UTC', { days: 0, today: false }],
    ['today alone', ['2026-11-20T00:00:00Z'], 'UTC', { days: 1, today: true }],
    ['yesterday alone', ['2026-11-19T00:00:00Z'], 'UTC', { days: 1, today: false }],
    ['the day before yesterday', ['2026-11-18T23:59:59Z'], 'UTC', { days: 0, today: false }],
    [
      'a gap',
      ['2026-11-20T01:00:00Z', '2026-11-19T01:00:00Z', '2026-11-17T01:00:00Z'],
      'UTC',
      { days: 2, today: true },
    ],
    [
      'many a day',
      ['2026-11-19T01:00:00Z', '2026-11-19T02:00:00Z', '2026-11-18T09:00:00Z'],
      'UTC',
      { days: 2, today: false },
    ],
    [
      'a zone of half hours',
      ['2026-11-19T18:29:00Z', '2026-11-18T18:30:00Z'],
      'Asia/Kolkata',
      { days: 1, today: false },
    ],
    [
      'a zone of quarters',
      ['2026-11-19T18:15:00Z', '2026-11-19T18:14:00Z'],
      'Asia/Kathmandu',
      { days: 2, today: true },
    ],
    [
      'across the date line',
      ['2026-11-19T10:00:00Z', '2026-11-20T09:59:00Z'],
      'Pacific/Kiritimati',
      { days: 1, today: false },
    ],
    ['an unknown zone', ['2026-11-19T10:00:00Z'], 'Nowhere/Land', { days: 1, today: false }],
    [
      'a clock that ran ahead',
      ['2026-11-22T10:00:00Z', '2026-11-20T10:00:00Z'],
      'UTC',
      { days: 1, today: true },
    ],
    ['only the future', ['2026-11-22T10:00:00Z'], 'UTC', { days: 0, today: false }],
  ])('%s', (_, times, timezone, expected) => {
    expect(activityStreak(at(...times), timezone, noon)).toEqual(expected);
  });

  it('goes on over the days on which clocks are set', () => {
    const spring = at('2026-03-28T22:30:00Z', '2026-03-29T21:30:00Z', '2026-03-30T10:00:00Z');
    expect(activityStreak(spring, 'Europe/Berlin', Date.parse('2026-03-30T12:00:00Z'))).toEqual({
      days: 3,
      today: true,
    });
    const autumn = at('2026-10-24T21:59:00Z', '2026-10-25T22:59:00Z', '2026-10-26T22:59:00Z');
    expect(activityStreak(autumn, 'Europe/Berlin', Date.parse('2026-10-27T22:58:00Z'))).toEqual({
      days: 3,
      today: false,
    });
  });

  it('counts days of sessions that are no longer remembered one by one', () => {
    const days = series(10, { sessionId: 's', type: 'view' }).map((one, day) => ({
      ...one,
      sessionId: `s${day}`,
    }));
    const clicks = series(60, { every: MINUTE });
    expect(activityStreak(fold(...days, ...clicks), 'UTC', NOW)).toEqual({ days: 10, today: true });
  });

  it('takes no notice of what happened to the user only', () => {
    const shown = fold(...series(5, { type: 'impression' }));
    expect(activityStreak(shown, 'UTC', NOW)).toEqual({ days: 0, today: false });
  });

  it('never grows while nothing is done, and is never longer than what is remembered', () => {
    fc.assert(
      fc.property(fc.array(anyInteraction, { maxLength: 60 }), fc.nat(5), (history, later) => {
        const behaviour = foldInteractions(emptyBehaviour(), history);
        const newest = Math.max(NOW, ...history.map(({ occurredAt }) => occurredAt));
        const before = activityStreak(behaviour, 'Europe/Berlin', newest);
        const after = activityStreak(behaviour, 'Europe/Berlin', newest + later * DAY);
        expect(after.days).toBeLessThanOrEqual(before.days);
        expect(before.days).toBeLessThanOrEqual(48);
        if (later >= 2) expect(after).toEqual({ days: 0, today: false });
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});
