import { engagementOf, signalOf } from '../../profile/fold/signals.ts';
import type { Interaction } from '../../profile/types.ts';
import { dayNumber, isWithin, PERIODS, startOf, type Window } from '../periods.ts';
import type { CountableUser, Counters } from '../types.ts';
import type { DayTally } from './day-tally.ts';
import { sessionsOf } from './sessions.ts';

const thousandths = (share: number): number => Math.round(share * 1000);

/** The engagement of an interaction in thousandths; undefined where it tells nothing (impressions, the borders of a session). */
export const engagementIn = (interaction: Interaction): number | undefined =>
  signalOf(interaction) === 0 ? undefined : thousandths(engagementOf(interaction));

/** The user's very first interaction, those among it that are stored no longer; Infinity before any. */
const firstAt = ({ behaviour, interactions }: CountableUser): number =>
  Math.min(behaviour.firstAt ?? Infinity, interactions[0]?.occurredAt ?? Infinity);

/** `active`: the user did anything that day; `new`: it was the first day ever. */
const countPresence = (user: CountableUser, window: Window, tally: DayTally): void => {
  const present = new Map(
    user.interactions
      .filter(({ occurredAt }) => isWithin(window, occurredAt))
      .map(({ occurredAt }) => [dayNumber(occurredAt), occurredAt]),
  );
  for (const at of present.values()) tally.add(at, 'active', 1);
  const first = firstAt(user);
  const begun = Number.isFinite(first) ? present.get(dayNumber(first)) : undefined;
  if (begun !== undefined) tally.add(begun, 'new', 1);
};

/** Counts presence, interactions, engagement and sessions of a user by day. A session counts whole on the day it began. */
export const countActivity = (user: CountableUser, window: Window, tally: DayTally): void => {
  countPresence(user, window, tally);
  for (const interaction of user.interactions) {
    const { occurredAt } = interaction;
    tally.add(occurredAt, 'interactions', 1);
    const engagement = engagementIn(interaction);
    if (engagement === undefined) continue;
    tally.add(occurredAt, 'telling', 1);
    tally.add(occurredAt, 'engagement', engagement);
  }
  for (const { start, end } of sessionsOf(user.interactions)) {
    tally.add(start, 'sessions', 1);
    tally.add(start, 'seconds', Math.round((end - start) / 1000));
  }
};

/** The user once in every period in which they did anything, as new where nothing was before it. */
export const countPeriods = (user: CountableUser, { asOf }: Window): NonNullable<Counters['periods']> => {
  const last = user.interactions.at(-1)?.occurredAt ?? -Infinity;
  const first = firstAt(user);
  return Object.fromEntries(
    PERIODS.flatMap((period) => {
      const start = startOf(period, asOf);
      return last < start ? [] : [[period, { active: 1, new: first >= start ? 1 : 0 }]];
    }),
  );
};
