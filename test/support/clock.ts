import { NOON } from './interactions.ts';

/** The time that handlers see: it starts at noon of 2026-11-21 and goes on by itself. */
export type TestClock = {
  now(): number;
  iso(offsetMs?: number): string;
  advance(ms: number): void;
  /** Puts the real clock back. */
  restore(): void;
};

export const SECOND = 1_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Takes the place of `Date.now`. The SDK signs by `new Date()`, which stays as it is. */
export const startClock = (start = NOON): TestClock => {
  const real = Date.now;
  let ahead = start - real();
  Date.now = () => real() + ahead;
  return {
    now: () => Date.now(),
    iso: (offsetMs = 0) => new Date(Date.now() + offsetMs).toISOString(),
    advance: (ms) => {
      ahead += ms;
    },
    restore: () => {
      Date.now = real;
    },
  };
};
