import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compiledSchedule, isWithin, scheduleFaults } from '../../../../core/rules/evaluate/schedule.ts';
import { momentOf, wallClockIn } from '../../../../core/time/zone-time.ts';

const at = (iso: string) => Date.parse(iso);

describe('moments on the clocks of a zone', () => {
  it.each([
    ['in summer time', '2026-07-01T09:00', 'America/New_York', '2026-07-01T13:00Z'],
    ['in a zone of three quarters of an hour', '2026-01-01T00:00', 'Asia/Kathmandu', '2025-12-31T18:15Z'],
    ['that spring skips: as far after the gap', '2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30Z'],
    ['that autumn repeats: the first', '2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30Z'],
    ['where clocks go back by half an hour', '2026-04-05T02:15', 'Australia/Lord_Howe', '2026-04-04T15:45Z'],
    ['on a day that was left out', '2011-12-30T10:00', 'Pacific/Apia', '2011-12-30T20:00Z'],
    ['of an unknown zone: UTC', '2026-07-01T09:00', 'Mars/Olympus', '2026-07-01T09:00Z'],
    ['of no zone: UTC', '2026-07-01T09:00', '', '2026-07-01T09:00Z'],
  ])('%s', (_, wall, zone, moment) => {
    expect(new Date(momentOf(at(`${wall}Z`), zone)).toISOString()).toBe(new Date(moment).toISOString());
  });

  it('what a clock shows leads back to the moment, but for the hour that is repeated', () => {
    const zone = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC');
    const moment = fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2028-01-01T00:00Z') });
    fc.assert(
      fc.property(zone, moment, (timezone, now) => {
        const wall = wallClockIn(timezone)(now);
        const back = momentOf(wall, timezone);
        expect(wallClockIn(timezone)(back)).toBe(wall);
        expect([0, 1_800_000, 3_600_000]).toContain(now - back);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('schedules', () => {
  const night = { from: '2026-10-24T22:00', to: '2026-10-25T06:00' };

  it('without an offset are on the clock of the user, also in the night when clocks change', () => {
    const berlin = (iso: string) => isWithin(night, at(iso), 'Europe/Berlin');
    expect([berlin('2026-10-24T19:59Z'), berlin('2026-10-24T20:00Z')]).toEqual([false, true]);
    expect([berlin('2026-10-25T04:59Z'), berlin('2026-10-25T05:00Z')]).toEqual([true, false]);
    expect(isWithin(night, at('2026-10-24T21:00Z'), 'UTC')).toBe(false);
  });

  it('never go off and on again while the clocks go back', () => {
    const schedule = compiledSchedule({ from: '2026-10-25T02:30' })!;
    const minutes = Array.from({ length: 300 }, (_, n) => at('2026-10-24T23:00Z') + n * 60_000);
    const states = minutes.map((now) => schedule.holds({ now, timezone: 'Europe/Berlin' }));
    expect(states.indexOf(true)).toBe(90);
    expect(states.slice(90).every(Boolean)).toBe(true);
  });

  it('with an offset are the same moment for everybody', () => {
    const schedule = { from: '2026-11-01T09:00:00+01:00' };
    for (const zone of ['UTC', 'Asia/Tokyo', 'America/Los_Angeles']) {
      expect(isWithin(schedule, at('2026-11-01T07:59:59Z'), zone)).toBe(false);
      expect(isWithin(schedule, at('2026-11-01T08:00:00Z'), zone)).toBe(true);
    }
  });

  it('start at their start and end before their end; a day is its first moment; none is always', () => {
    const schedule = { from: '2026-11-01', to: '2026-11-02' };
    const seen = [
      '2026-10-31T23:59:59.999Z',
      '2026-11-01T00:00Z',
      '2026-11-01T23:59:59.999Z',
      '2026-11-02T00:00Z',
    ];
    expect(seen.map((iso) => isWithin(schedule, at(iso), 'UTC'))).toEqual([false, true, true, false]);
    expect(compiledSchedule(undefined)).toBeUndefined();
    expect(compiledSchedule({})).toBeUndefined();
  });

  it.each([
    ['an end before the start', { from: '2026-12-01', to: '2026-11-01' }, 'schedule.to'],
    ['an end at the start', { from: '2026-12-01T00:00Z', to: '2026-12-01T01:00+01:00' }, 'schedule.to'],
    [
      'an end that is before the start in every zone',
      { from: '2026-12-05T00:00Z', to: '2026-12-04T11:00' },
      'schedule.to',
    ],
    ['a day that is none', { from: '2026-02-30' }, 'schedule.from'],
    ['an hour that is none', { to: '2026-02-03T25:00' }, 'schedule.to'],
    ['a word', { from: 'tomorrow' }, 'schedule.from'],
  ])('%s is a fault', (_, schedule, path) => {
    expect(scheduleFaults(schedule, 'schedule').map((fault) => fault.path)).toEqual([path]);
  });

  it('that some zone may still be in are none', () => {
    expect(scheduleFaults({ from: '2026-12-05T00:00Z', to: '2026-12-04T23:00' }, 'schedule')).toEqual([]);
    expect(scheduleFaults({ from: '2026-12-05' }, 'schedule')).toEqual([]);
  });
});
