import { wallClockIn } from './zone-time.ts';

/** A moment on the clock of a time zone. */
export type LocalTime = {
  /** 0-23 */
  readonly hour: number;
  readonly minute: number;
  /** ISO 8601: 1 is Monday, 7 Sunday. */
  readonly weekday: number;
  /** Minutes ahead of UTC. */
  readonly offsetMinutes: number;
  /** `2026-11-21T13:00:00+01:00` */
  readonly iso: string;
};

const MINUTE_MS = 60_000;

/** Minutes that a zone's clock is ahead of UTC at a moment (ms since the epoch); 0 for an unknown zone. */
export const offsetMinutes = (timezone: string, at: number): number =>
  timezone === 'UTC' ? 0 : Math.round((wallClockIn(timezone)(at) - at) / MINUTE_MS);

const two = (value: number): string => String(value).padStart(2, '0');

const suffix = (offset: number): string => {
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

/** A moment (ms since the epoch) as the clock of an IANA zone shows it; of an unknown zone as UTC does. */
export const localTime = (timezone: string, at: number): LocalTime => {
  const offset = offsetMinutes(timezone, at);
  const shifted = new Date(at + offset * MINUTE_MS);
  return {
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay() || 7,
    offsetMinutes: offset,
    iso: `${shifted.toISOString().slice(0, 19)}${suffix(offset)}`,
  };
};
