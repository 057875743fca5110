import { localDayIn } from '../../time/local-day.ts';
import { isAction } from '../../workflow/actions.ts';
import type { Behaviour } from '../behaviour.ts';

/** `days` in a row with something done, up to today or yesterday; `today`: whether today is one of them. */
export type ActivityStreak = { readonly days: number; readonly today: boolean };

/** Moments at which something was done, newest first: the ends and begins of sessions by day, and the recent actions. */
export const activeMoments = ({ sessionDays, recent }: Behaviour): number[] =>
  [
    ...sessionDays.flatMap(([, start, length]) => [1000 * (start + length), 1000 * start]),
    ...recent.filter(([, , type]) => isAction({ type })).map(([at]) => at),
  ].sort((a, b) => b - a);

/**
 * Consecutive days (of the user's zone; UTC for an unknown one) with something done, up to today or, while today has nothing yet,
 * up to yesterday. A lower bound of the streak that users see (core/achievements/streak.ts, from all days): a behaviour keeps its last
 * 12 days of sessions and 24 interactions, and knows no freezes. What is dated after today
 * (a clock that ran ahead) counts for nothing.
 */
export const activityStreak = (behaviour: Behaviour, timezone: string, now: number): ActivityStreak => {
  const localDay = localDayIn(timezone);
  const today = localDay(now);
  let first = today + 1;
  let last: number | undefined;
  for (const at of activeMoments(behaviour)) {
    const day = localDay(at);
    if (day > today || day === first) continue;
    if (day < (last === undefined ? today - 1 : first - 1)) break;
    last ??= day;
    first = day;
  }
  return last === undefined ? { days: 0, today: false } : { days: last - first + 1, today: last === today };
};
