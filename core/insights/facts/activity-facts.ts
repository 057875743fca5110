import { knownStreak } from '../../achievements/known-streak.ts';
import type { Behaviour } from '../../profile/behaviour.ts';
import { WEEK_MS } from '../../profile/fold/decay.ts';
import { recentEntries } from '../../profile/fold/recent.ts';
import { medianSessionMinutes } from '../../profile/fold/session-days.ts';
import { draft, type FactDraft } from './draft.ts';
import { type KnownToFacts, zoneOf } from './known.ts';
import { ago, daysSince, plural } from './words.ts';

const AWAY_DAYS = 7;
/** A week is rising or falling where it differs by a quarter and by more than this. */
const NOTABLE = 2;
const STREAK_FROM = 2;

const weekCount = ({ weeks: [newest, counts] }: Behaviour, weeksAgo: number, now: number): number =>
  counts[weeksAgo - (Math.floor(now / WEEK_MS) - newest)] ?? 0;

/**
 * Interactions of the last 7 days and of the 7 before. Kept are counts by week since the epoch: a week that is cut counts by its share,
 * and no less than what is remembered of its days one by one. Exact where all of the two weeks is remembered so.
 */
const lastTwoWeeks = (behaviour: Behaviour, now: number): readonly [number, number] => {
  const ages = recentEntries(behaviour).map(([at]) => Math.max(0, now - at));
  const within = (from: number, to: number): number => ages.filter((age) => age >= from && age < to).length;
  const seen = [within(0, WEEK_MS), within(WEEK_MS, 2 * WEEK_MS)] as const;
  if (ages.length === behaviour.interactions || Math.max(0, ...ages) >= 2 * WEEK_MS) return seen;
  const gone = (now % WEEK_MS) / WEEK_MS;
  const [current, before, earlier] = [0, 1, 2].map((ago) => weekCount(behaviour, ago, now)) as [
    number,
    number,
    number,
  ];
  const first = Math.max(seen[0], Math.round(current + (1 - gone) * before));
  const second = Math.max(seen[1], Math.round(gone * before + (1 - gone) * earlier));
  return [Math.min(first, behaviour.interactions), Math.min(second, behaviour.interactions)];
};

const trendOf = (
  thisWeek: number,
  lastWeek: number,
  known: { idleDays: number; ageDays: number },
): string => {
  if (known.idleDays >= AWAY_DAYS) return 'away';
  if (known.ageDays < AWAY_DAYS) return 'new';
  const difference = thisWeek - lastWeek;
  if (Math.abs(difference) <= NOTABLE || Math.abs(difference) < lastWeek / 4) return 'steady';
  return difference > 0 ? 'rising' : 'falling';
};

const TRENDS: Readonly<Record<string, string>> = {
  away: 'nothing for a week',
  new: 'new this week',
  steady: 'steady',
  rising: 'rising',
  falling: 'falling',
};

/** Everything the user did, in numbers. */
export const activityFacts = ({ behaviour, now }: Pick<KnownToFacts, 'behaviour' | 'now'>): FactDraft[] => {
  const { interactions, sessions, firstAt, lastAt } = behaviour;
  if (interactions === 0 || lastAt === null) return [];
  const [thisWeek, lastWeek] = lastTwoWeeks(behaviour, now);
  const idleDays = daysSince(lastAt, now);
  const trend = trendOf(thisWeek, lastWeek, { idleDays, ageDays: daysSince(firstAt ?? lastAt, now) });
  const median = medianSessionMinutes(behaviour.sessionDays);
  const medianMinutes = median === null ? undefined : Math.round(median);
  const length = medianMinutes === undefined ? '' : ` of ${plural(medianMinutes, 'minute')} (median)`;
  const says =
    `${plural(interactions, 'interaction')} in ${plural(sessions, 'session')}${length}, ` +
    `about ${thisWeek} in the last seven days after ${lastWeek} in those before: ${TRENDS[trend]}; ` +
    `last active ${ago(idleDays, 'day')}`;
  return [
    draft('activity', says, {
      words: { trend },
      numbers: {
        interactions,
        thisWeek,
        lastWeek,
        daysSince: idleDays,
        sessions,
        ...(medianMinutes !== undefined && { medianMinutes }),
      },
    }),
  ];
};

/** Days in a row, from two on: the streak that achievements show. */
export const streakFacts = (known: KnownToFacts): FactDraft[] => {
  const { days, today } = knownStreak(known, zoneOf(known.profile), known.now);
  if (days < STREAK_FROM) return [];
  const says = `Active ${days} days in a row, ${today ? 'today included' : 'nothing done today yet'}`;
  return [draft('streak', says, { words: { today: today ? 'yes' : 'no' }, numbers: { days } })];
};
