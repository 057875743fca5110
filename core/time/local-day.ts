import { wallClockIn } from './zone-time.ts';

const DAY_MS = 86_400_000;

/**
 * The day of the calendar of an IANA zone at a moment (ms), as a number since the epoch; UTC for an unknown zone. It goes by the offset
 * from UTC at the borders of the day in UTC: asking a clock is what costs, and days without a change of the offset are all but two of
 * a year.
 */
export const localDayIn = (timezone: string): ((at: number) => number) => {
  const wallClock = wallClockIn(timezone);
  const offsets = new Map<number, number>();
  const offsetAtStart = (day: number): number => {
    const offset = offsets.get(day) ?? wallClock(day * DAY_MS) - day * DAY_MS;
    offsets.set(day, offset);
    return offset;
  };
  return (at) => {
    const day = Math.floor(at / DAY_MS);
    const offset = offsetAtStart(day);
    return Math.floor((offset === offsetAtStart(day + 1) ? at + offset : wallClock(at)) / DAY_MS);
  };
};
