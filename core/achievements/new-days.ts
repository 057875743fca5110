import type { JournalState } from '../journal/ports.ts';
import type { StoredProfile } from '../profile/stored-profile.ts';
import type { Interaction } from '../profile/types.ts';
import { activeMoments } from '../profile/view/activity-streak.ts';
import { localDayIn } from '../time/local-day.ts';
import { isAction } from '../workflow/actions.ts';

/** Clocks of clients may run ahead by this much (core/tracking/normalise.ts). */
const CLOCK_SKEW_MS = 5 * 60_000;

/** A day counts by whatever `activityStreak` counts: something done, or a session. */
const countsForDay = (interaction: Interaction): boolean =>
  isAction(interaction) || interaction.sessionId !== undefined;

type Known = {
  readonly profile: StoredProfile | undefined;
  readonly journal: Pick<JournalState, 'behaviour' | 'resetAt'>;
};

/**
 * Whether the behaviour shows a day, noted by the zone of now: what it shows from before the last change of the profile may have been
 * noted by another one. Moments are newest first, so that the day of now is found at once: asking a clock is what costs.
 */
const showing = ({ profile, journal }: Known, dayOf: (at: number) => number) => {
  const since = profile && profile.version > 0 ? profile.updatedAt + CLOCK_SKEW_MS : 0;
  const moments = journal.behaviour ? activeMoments(journal.behaviour).filter((at) => at > since) : [];
  return (day: number): boolean => moments.some((at) => dayOf(at) === day);
};

/**
 * Days of the user's zone that interactions bring and the behaviour before does not show: those that may have to be noted. Interactions
 * that were received before a reset bring none.
 */
export const newDays = (interactions: readonly Interaction[], known: Known): number[] => {
  const dayOf = localDayIn(known.profile?.timezone ?? 'UTC');
  const brought = interactions
    .filter((one) => countsForDay(one) && one.receivedAt > known.journal.resetAt)
    .map(({ occurredAt }) => dayOf(occurredAt));
  if (brought.length === 0) return [];
  const isShown = showing(known, dayOf);
  return [...new Set(brought)].filter((day) => !isShown(day)).sort((a, b) => a - b);
};
