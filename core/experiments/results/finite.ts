import type { Interval } from '../statistics/wilson.ts';

/** JSON knows no infinity: null for what is not a number of it. */
export const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

/** Null for an interval that is open on a side. */
export const finiteInterval = (interval: Interval | undefined): Interval | null =>
  interval && Number.isFinite(interval[0]) && Number.isFinite(interval[1]) ? interval : null;
