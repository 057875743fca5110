import type { FieldError } from '../../errors.ts';
import { momentOf } from '../../time/zone-time.ts';

/** As it is written: ISO 8601; a time without an offset is on the user's clock. */
export type Schedule = { readonly from?: string; readonly to?: string };

/** A time of a schedule: the same moment for everybody, or what the user's clock shows (both in ms, the latter as if UTC). */
type ScheduledTime = { readonly at: number; readonly local: boolean };

/** A schedule in force; all times in ms since the epoch, zones by their IANA name. */
export type CompiledSchedule = {
  /** Whether a moment is within it: from `from` on, before `to`. */
  readonly holds: (ask: { readonly now: number; readonly timezone: string }) => boolean;
  /** The moments at which it begins and ends; infinite where it does not. */
  readonly edgesIn: (timezone: string) => readonly [from: number, to: number];
};

const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;
const ZONES = 600;
/** Clocks differ from UTC by at most so much: from 12 hours behind to 14 hours ahead. */
const MOST_BEHIND = 12 * 3_600_000;
const MOST_AHEAD = 14 * 3_600_000;

/** Days like 30 February are none. */
const isDay = (date: string): boolean => {
  const at = Date.parse(`${date}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
};

const parsedTime = (text: string): ScheduledTime | undefined => {
  const match = ISO.exec(text);
  if (!match || !isDay(text.slice(0, 10))) return undefined;
  const local = match[1] === undefined;
  const whole = text.includes('T') ? text : `${text}T00:00`;
  const at = Date.parse(local ? `${whole}Z` : whole);
  return Number.isNaN(at) ? undefined : { at, local };
};

/** The moment of a time for each zone: found once per zone. */
const momentIn = ({ at, local }: ScheduledTime): ((timezone: string) => number) => {
  if (!local) return () => at;
  const known = new Map<string, number>();
  return (timezone) => {
    const kept = known.get(timezone);
    if (kept !== undefined) return kept;
    if (known.size >= ZONES) known.clear();
    const moment = momentOf(at, timezone);
    known.set(timezone, moment);
    return moment;
  };
};

const bound = (text: string | undefined, otherwise: number): ((timezone: string) => number) => {
  const time = text === undefined ? undefined : parsedTime(text);
  return time === undefined ? () => otherwise : momentIn(time);
};

/** Parses a checked schedule once; undefined where it bounds nothing. */
export const compiledSchedule = (schedule: Schedule | undefined): CompiledSchedule | undefined => {
  if (schedule?.from === undefined && schedule?.to === undefined) return undefined;
  const from = bound(schedule.from, Number.NEGATIVE_INFINITY);
  const to = bound(schedule.to, Number.POSITIVE_INFINITY);
  return {
    holds: ({ now, timezone }) => now >= from(timezone) && now < to(timezone),
    edgesIn: (timezone) => [from(timezone), to(timezone)],
  };
};

/** Whether `now` (ms since the epoch) is within a schedule, in an IANA zone; an unknown zone is UTC. */
export const isWithin = (schedule: Schedule | undefined, now: number, timezone: string): boolean =>
  compiledSchedule(schedule)?.holds({ now, timezone }) ?? true;

/** The earliest moment that a time may be anywhere, and the latest. */
const span = ({ at, local }: ScheduledTime): { earliest: number; latest: number } =>
  local ? { earliest: at - MOST_AHEAD, latest: at + MOST_BEHIND } : { earliest: at, latest: at };

const endsFirst = (from: ScheduledTime, to: ScheduledTime): boolean =>
  from.local === to.local ? to.at <= from.at : span(to).latest <= span(from).earliest;

/** What is wrong with a schedule: times that are none, an end that is not after the start. Empty for a good one. */
export const scheduleFaults = (schedule: Schedule, path: string): FieldError[] => {
  const [from, to] = [schedule.from, schedule.to].map((text) => text !== undefined && parsedTime(text));
  const faults = [
    { path: `${path}.from`, time: from },
    { path: `${path}.to`, time: to },
  ].flatMap(({ path: place, time }) =>
    time === undefined
      ? [{ path: place, message: 'must be a time of ISO 8601, with or without an offset' }]
      : [],
  );
  if (from && to && endsFirst(from, to)) return [{ path: `${path}.to`, message: 'must be after the start' }];
  return faults;
};
