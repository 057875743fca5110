import { knownStreak } from '../achievements/known-streak.ts';
import type { ActiveDays } from '../achievements/types.ts';
import type { Behaviour } from '../profile/behaviour.ts';
import { DAY_MS } from '../profile/fold/decay.ts';
import type { StreakSignal } from './types.ts';

const SHORTEST = 2;

/** Shares of the content types among what was done with content since then; those of negative signals say nothing. */
const typeShares = ({ recent }: Behaviour, since: number): Record<string, number> => {
  const counts = new Map<string, number>();
  let total = 0;
  for (const [at, signal, , , contentType] of recent) {
    if (at < since || signal <= 0 || contentType === '') continue;
    counts.set(contentType, (counts.get(contentType) ?? 0) + 1);
    total += 1;
  }
  return Object.fromEntries([...counts].map(([type, count]) => [type, count / total]));
};

/**
 * A streak of two days or more that ends unless something is done today, and what carried it, from the interactions that are remembered
 * one by one; undefined where there is none. Somebody away for more than two days is not looked at any closer.
 */
export const streakSignal = (
  { behaviour, days: activeDays }: { readonly behaviour: Behaviour; readonly days?: ActiveDays | undefined },
  timezone: string,
  now: number,
): StreakSignal | undefined => {
  if (behaviour.lastAt === null || now - behaviour.lastAt > 2.1 * DAY_MS) return undefined;
  const { days, today } = knownStreak({ behaviour, days: activeDays }, timezone, now);
  if (today || days < SHORTEST) return undefined;
  const carriedBy = typeShares(behaviour, now - (days + 1) * DAY_MS);
  return Object.keys(carriedBy).length > 0 ? { days, carriedBy } : undefined;
};
