import { describe, expect, it } from '@jest/globals';
import { localTime, offsetMinutes } from '../../../core/time/local-time.ts';

describe('the clock of a zone', () => {
  it.each([
    ['UTC', '2026-11-20T12:00:00Z', '2026-11-20T12:00:00+00:00', 5],
    ['Europe/Amsterdam', '2026-03-29T00:59:59Z', '2026-03-29T01:59:59+01:00', 7],
    ['Europe/Amsterdam', '2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00', 7],
    ['America/New_York', '2026-11-01T05:30:00Z', '2026-11-01T01:30:00-04:00', 7],
    ['America/New_York', '2026-11-01T06:30:00Z', '2026-11-01T01:30:00-05:00', 7],
    ['Asia/Kathmandu', '2026-12-31T18:15:00Z', '2027-01-01T00:00:00+05:45', 5],
    ['Pacific/Apia', '2026-06-01T10:59:00Z', '2026-06-01T23:59:00+13:00', 1],
    ['Nowhere/Else', '2026-11-16T00:00:00Z', '2026-11-16T00:00:00+00:00', 1],
  ])('in %s at %s shows %s', (zone, at, iso, weekday) => {
    expect(localTime(zone, Date.parse(at))).toMatchObject({ iso, weekday });
  });

  it('is so many minutes ahead of UTC, also before 1970', () => {
    expect(offsetMinutes('America/New_York', -1)).toBe(-300);
    expect(offsetMinutes('Asia/Kolkata', 500)).toBe(330);
  });
});
