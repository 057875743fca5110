import type { Cases } from '../../core/learn/evaluate/cases.ts';

/** Cases that have something to find. */
export function askedCases({ targets }: Cases): number {
  return targets.reduce((asked, { length }) => asked + (length > 0 ? 1 : 0), 0);
}

/** Seconds since a reading of `performance.now()`, in thousandths. */
export function secondsSince(since: number): number {
  return Math.round(performance.now() - since) / 1000;
}
