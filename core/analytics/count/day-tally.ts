import { DAY_MS } from '../../profile/fold/decay.ts';
import { dayNumber, dayOf, isWithin, type Window } from '../periods.ts';
import type { DayCount, DayCounts } from '../types.ts';

/** Counts of one user by day, as they are being made; what lies outside of the window is not counted. */
export type DayTally = {
  /** Adds `by` to a count of the UTC day that `at` (ms) lies in. */
  readonly add: (at: number, name: DayCount, by: number) => void;
  /** What was added until now, by the day's name. */
  readonly days: () => Record<string, DayCounts>;
};

export const dayTally = (window: Window): DayTally => {
  const days = new Map<number, { [name in DayCount]?: number }>();
  return {
    add: (at, name, by) => {
      if (!isWithin(window, at)) return;
      const counts = days.get(dayNumber(at)) ?? {};
      counts[name] = (counts[name] ?? 0) + by;
      days.set(dayNumber(at), counts);
    },
    days: () => Object.fromEntries(Array.from(days, ([day, counts]) => [dayOf(day * DAY_MS), counts])),
  };
};
