import type { History } from './model.ts';

const HOUR_MS = 3_600_000;

export type InfluenceParams = {
  /** Newest items of the history that count. */
  latest: number;
  /** Weight of a history item per item that came after it. */
  positionDecay: number;
  /** A history item that is older than the newest one by this counts half, in hours; 0: never. */
  ageHalfLifeHours: number;
};

/** 0.5 to the power of half-lives in a time. */
export function halvings(ms: number, halfLifeHours: number): number {
  return 0.5 ** (ms / (halfLifeHours * HOUR_MS));
}

/** How much the history item at index `at` counts; the newest one counts 1. */
export function influenceAt(
  { items, times }: History,
  at: number,
  { positionDecay, ageHalfLifeHours }: InfluenceParams,
): number {
  const newest = items.length - 1;
  const decay = positionDecay ** (newest - at);
  return ageHalfLifeHours > 0 ? decay * halvings(times[newest]! - times[at]!, ageHalfLifeHours) : decay;
}

/** History items of less influence than this are not looked at. */
export const LEAST_INFLUENCE = 1e-4;
