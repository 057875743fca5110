import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAYS, weekUntil } from '../../../scripts/demo/week.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('the week', () => {
  it('lies in the last seven days, and goes on from day to day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 4 * HOUR_MS }),
        (now, hour, after) => {
          const week = weekUntil(now, 'Europe/Amsterdam');
          const moments = Array.from({ length: DAYS }, (_, day) =>
            Date.parse(week.moment(day + 1, hour, after)),
          );
          expect(moments.toSorted((a, b) => a - b)).toEqual(moments);
          expect(moments.at(-1)).toBeLessThan(now);
          expect(moments[0]).toBeGreaterThan(now - 8 * DAY_MS);
        },
      ),
      { seed: 8, numRuns: 300 },
    );
  });

  it("names days on the person's clock", () => {
    expect(weekUntil(Date.UTC(2026, 10, 21, 20), 'Europe/Amsterdam').title(1)).toBe('Sunday 15 November');
    expect(weekUntil(Date.UTC(2026, 10, 21, 20), 'Europe/Amsterdam').title(7)).toBe('Saturday 21 November');
  });
});
