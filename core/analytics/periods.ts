import { DAY_MS } from '../profile/fold/decay.ts';

/** Periods that can be asked for, and how many UTC days each holds. */
export const PERIOD_DAYS = { '1d': 1, '7d': 7, '30d': 30, '90d': 90 } as const;

export type Period = keyof typeof PERIOD_DAYS;

export const PERIODS = Object.keys(PERIOD_DAYS) as readonly Period[];

const LONGEST_DAYS = 90;

/** What one aggregation looks at: from the start of the oldest day (ms) up to the moment of the run (ms, not included). */
export type Window = { readonly from: number; readonly asOf: number };

/** The start of the UTC day that a moment (ms) lies in. */
export const startOfDay = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;

/** Days since the epoch of the UTC day that a moment (ms) lies in: cheaper than its name. */
export const dayNumber = (at: number): number => Math.floor(at / DAY_MS);

/** The UTC day of a moment (ms), `2026-11-21`. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The start of a period that ends at `asOf` (ms): it holds that day, as far as it has gone, and the whole days before it. */
export const startOf = (period: Period, asOf: number): number =>
  startOfDay(asOf) - (PERIOD_DAYS[period] - 1) * DAY_MS;

/** The days of a period, oldest first. */
export const daysOf = (period: Period, asOf: number): string[] =>
  Array.from({ length: PERIOD_DAYS[period] }, (_, n) => dayOf(startOf(period, asOf) + n * DAY_MS));

/** The window of an aggregation that began at `asOf` (ms): 90 days with the running one. */
export const windowOf = (asOf: number): Window => ({
  from: startOfDay(asOf) - (LONGEST_DAYS - 1) * DAY_MS,
  asOf,
});

/** Traces are kept for 30 days: so many days, the running one among them, can be counted again in full. */
const TRACED_DAYS = 29;

/** The start of the oldest day (ms) of which every trace is still there. */
export const tracedFrom = (asOf: number): number => startOfDay(asOf) - (TRACED_DAYS - 1) * DAY_MS;

export const isWithin = ({ from, asOf }: Window, at: number): boolean => at >= from && at < asOf;
