import { membership } from '../journal/facts.ts';
import { emptyBehaviour } from '../profile/behaviour.ts';
import { interestTerms, questionnaireSentences } from '../profile/fold/interest-terms.ts';
import { contentHistory } from '../profile/fold/recent.ts';
import type { LoadedUser } from '../profile/ports.ts';
import { allowsPersonalisation, newProfile, type StoredProfile } from '../profile/stored-profile.ts';
import { contentTypeAffinity } from '../profile/view/content-preferences.ts';
import { dominantSegment } from '../segments/segments-of.ts';
import { goalSignals } from './goal-signals.ts';
import { streakSignal } from './streak-signal.ts';
import type { GoalSignal, UserSignals } from './types.ts';

const nobody = (userId: string): UserSignals => ({
  userId,
  history: [],
  seen: () => false,
  completed: () => false,
  dismissed: () => false,
  interests: [],
  contentTypeAffinity: {},
  personalised: false,
  interactionCount: 0,
});

/** The user's words without those of goals, which count by themselves. */
const interestsBeside = (goals: readonly GoalSignal[], profile: StoredProfile): string[] => {
  const titles = new Set(goals.map(({ title }) => title.toLowerCase()));
  return interestTerms({ ...profile, goals: [] }).filter((term) => !titles.has(term.toLowerCase()));
};

/** What ranking may use of a user; nothing at all where consent forbids it. */
export const userSignals = (userId: string, loaded: LoadedUser, now: number): UserSignals => {
  const profile: StoredProfile = loaded.profile ?? newProfile(userId, now);
  if (!allowsPersonalisation(profile)) return nobody(userId);
  const behaviour = loaded.journal.behaviour ?? emptyBehaviour();
  const goals = goalSignals(profile.goals, behaviour, now);
  const sentences = questionnaireSentences(profile);
  const streak = streakSignal({ behaviour, days: loaded.achievements?.days }, profile.timezone ?? 'UTC', now);
  return {
    userId,
    history: contentHistory(behaviour),
    ...membership(loaded.facts),
    interests: interestsBeside(goals, profile),
    ...(sentences.size > 0 && { sentences }),
    ...(goals.length > 0 && { goals }),
    ...(streak && { streak }),
    contentTypeAffinity: contentTypeAffinity(behaviour),
    segment: dominantSegment(profile, behaviour, now),
    personalised: true,
    interactionCount: behaviour.interactions,
  };
};
