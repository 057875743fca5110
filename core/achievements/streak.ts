import { localDayIn } from '../time/local-day.ts';
import { momentOf } from '../time/zone-time.ts';
import type { Streak } from './types.ts';

const DAY_MS = 86_400_000;

/** A freeze is earned by so many days of a streak. */
const DAYS_PER_FREEZE = 7;
const MOST_FREEZES = 2;

/** A streak on its last day with something done. */
type Run = { last: number; length: number; freezes: number; frozen: number };

const earned = ({ length, freezes }: Run): number =>
  length % DAYS_PER_FREEZE === 0 ? Math.min(MOST_FREEZES, freezes + 1) : freezes;

/** The streak goes on with `day`, with a freeze for a single missed day, or a new one begins. */
const next = (run: Run | undefined, day: number): Run => {
  const missed = run ? day - run.last - 1 : Number.POSITIVE_INFINITY;
  if (!run || missed > 1 || (missed === 1 && run.freezes === 0)) {
    return { last: day, length: 1, freezes: 0, frozen: 0 };
  }
  const grown = {
    last: day,
    length: run.length + 1,
    freezes: run.freezes - missed,
    frozen: run.frozen + missed,
  };
  return { ...grown, freezes: earned(grown) };
};

/** The last day through which the streak lives without anything done: the one after its last, and one more by a freeze. */
const lastsThrough = ({ last, freezes }: Run): number => last + 1 + Math.min(1, freezes);

/**
 * The streak from the days with something done (numbers since the epoch, oldest first, each once) on the clock of a zone (IANA; UTC for
 * an unknown one). `now` in ms since the epoch. Days after today, where clocks ran ahead or the user moved west, wait until they come.
 * A freeze is earned by every 7 days of the streak, 2 are held at most, and one is used by itself for a single missed day.
 */
export const streakOf = (days: readonly number[], now: number, timezone: string): Streak => {
  const today = localDayIn(timezone)(now);
  let run: Run | undefined;
  let longest = 0;
  for (const day of days) {
    if (day > today) break;
    run = next(run, day);
    longest = Math.max(longest, run.length);
  }
  if (!run || today > lastsThrough(run)) {
    return { length: 0, longest, freezes: 0, frozen: 0, today: false, expiresAt: null };
  }
  const { last, length, freezes, frozen } = run;
  const usedYesterday = today - last === 2 ? 1 : 0;
  return {
    length,
    longest,
    freezes: freezes - usedYesterday,
    frozen: frozen + usedYesterday,
    today: last === today,
    expiresAt: momentOf((lastsThrough(run) + 1) * DAY_MS, timezone),
  };
};
