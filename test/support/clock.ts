import { NOON } from './interactions.ts';

/** The time that handlers see: it starts at noon of 2026-11-21 and goes on by itself. */
export type TestClock = {
  now(): number;
  iso(offsetMs?: number): string;
  advance(ms: number): void;
  /** Stands still from now on, until it is advanced or goes on. */
  stop(): void;
  goOn(): void;
  /** Puts the real clock back. */
  restore(): void;
};

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Takes the place of `Date.now`. The SDK signs by `new Date()`, which stays as it is. */
export const startClock = (start = NOON): TestClock => {
  const real = Date.now;
  let ahead = start - real();
  let stoppedAt: number | undefined;
  Date.now = () => stoppedAt ?? real() + ahead;
  return {
    now: () => Date.now(),
    iso: (offsetMs = 0) => new Date(Date.now() + offsetMs).toISOString(),
    advance: (ms) => {
      ahead += ms;
      if (stoppedAt !== undefined) stoppedAt += ms;
    },
    stop: () => {
      stoppedAt = Date.now();
    },
    goOn: () => {
      stoppedAt = undefined;
    },
    restore: () => {
      Date.now = real;
    },
  };
};
