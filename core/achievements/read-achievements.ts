import type { Domain } from '../domains/types.ts';
import { allowsTracking, CONSENT_REASON, NOT_COUNTED_REASON } from '../privacy/consent.ts';
import { emptyBehaviour } from '../profile/behaviour.ts';
import { allowsPersonalisation, type StoredProfile } from '../profile/stored-profile.ts';
import { type AchievementView, achievementView } from './achievement-view.ts';
import { unlockReached } from './achievements-after.ts';
import { daysIn } from './active-days.ts';
import type { ReadAchievementsPorts } from './ports.ts';
import { streakOf } from './streak.ts';
import { type AchievementState, achievementKey, noAchievements, type Streak } from './types.ts';

/** Whose achievements of which product; `now` in ms since the epoch. */
export type AchievementQuestion = {
  readonly userId: string;
  readonly domain: Domain;
  readonly now: number;
};

export type StreakView = Omit<Streak, 'expiresAt'> & {
  readonly expiresAt: string | null;
  readonly timezone: string;
};

export type AchievementsAnswer = {
  readonly userId: string;
  readonly achievements: readonly AchievementView[];
  readonly streak: StreakView;
  readonly reason?: string;
};

export type KnownAchievements = {
  readonly answer: AchievementsAnswer;
  readonly profile: StoredProfile | undefined;
  readonly state: AchievementState;
};

/** The state after this call's own unlocking. */
const withUnlocked = (
  state: AchievementState,
  { domain, now }: AchievementQuestion,
  unlocked: readonly { readonly id: string }[],
): AchievementState => ({
  ...state,
  unlocked: {
    ...state.unlocked,
    ...Object.fromEntries(unlocked.map(({ id }) => [achievementKey(domain.name, id), now])),
  },
});

const streakView = (streak: Streak, timezone: string): StreakView => ({
  ...streak,
  expiresAt: streak.expiresAt === null ? null : new Date(streak.expiresAt).toISOString(),
  timezone,
});

const isShown = (profile: StoredProfile | undefined): boolean => !profile || allowsPersonalisation(profile);

/** Why nothing is unlocked, whatever the user does. */
const reasonOf = (profile: StoredProfile | undefined): string | undefined => {
  if (!isShown(profile)) return CONSENT_REASON;
  return allowsTracking(profile) ? undefined : NOT_COUNTED_REASON;
};

/** What was read, as far as the user allows it to be looked at. */
const readKnown = async (ports: ReadAchievementsPorts, { userId, now }: AchievementQuestion) => {
  const { profile, journal, achievements } = await ports.users.load(userId, { parts: 'head', now });
  if (!isShown(profile)) return { profile, behaviour: emptyBehaviour(), state: noAchievements };
  const { behaviour = emptyBehaviour() } = journal;
  return { profile, behaviour, state: achievements ?? noAchievements };
};

/**
 * The achievements of a user, who need not be known. It heals on its way: whatever the metrics say is reached and was not unlocked is
 * unlocked now, and told of, unless nothing may be stored of the user. Who does not allow personalisation gets them all locked, and
 * nothing of the user goes into it.
 */
export const knownAchievements = async (
  ports: ReadAchievementsPorts,
  question: AchievementQuestion,
): Promise<KnownAchievements> => {
  const { userId, domain, now } = question;
  const { profile, behaviour, state: stored } = await readKnown(ports, question);
  const mayUnlock = isShown(profile) && allowsTracking(profile);
  const unlocked = mayUnlock
    ? await unlockReached(ports, { userId, domain, profile, behaviour, now }, stored)
    : [];
  const state = withUnlocked(stored, question, unlocked);
  const timezone = (isShown(profile) ? profile?.timezone : undefined) ?? 'UTC';
  const streak = streakOf(daysIn(state.days), now, timezone);
  const achievements = domain.achievements.map((definition) =>
    achievementView(domain, definition, { behaviour, streak, state }),
  );
  const answer = { userId, achievements, streak: streakView(streak, timezone) };
  const reason = reasonOf(profile);
  return { answer: reason === undefined ? answer : { ...answer, reason }, profile, state };
};

/** What `GET /achievements/{userId}` answers. */
export const readAchievements = async (
  ports: ReadAchievementsPorts,
  question: AchievementQuestion,
): Promise<AchievementsAnswer> => (await knownAchievements(ports, question)).answer;
