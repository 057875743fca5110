import type { Behaviour } from '../profile/behaviour.ts';
import { type ActivityStreak, activityStreak } from '../profile/view/activity-streak.ts';
import { daysIn } from './active-days.ts';
import { streakOf } from './streak.ts';
import type { ActiveDays } from './types.ts';

/** A streak as texts and lists speak of it: the one that achievements show, and a lower bound of it where its days were not read. */
export const knownStreak = (
  { behaviour, days }: { readonly behaviour: Behaviour; readonly days?: ActiveDays | undefined },
  timezone: string,
  now: number,
): ActivityStreak => {
  if (!days) return activityStreak(behaviour, timezone, now);
  const { length, today } = streakOf(daysIn(days), now, timezone);
  return { days: length, today };
};
