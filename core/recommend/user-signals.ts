import { membership } from '../journal/facts.ts';
import { emptyBehaviour } from '../profile/behaviour.ts';
import { interestTerms } from '../profile/fold/interest-terms.ts';
import { contentHistory } from '../profile/fold/recent.ts';
import type { LoadedUser } from '../profile/ports.ts';
import { allowsPersonalisation, newProfile, type StoredProfile } from '../profile/stored-profile.ts';
import { contentTypeAffinity } from '../profile/view/content-preferences.ts';
import { dominantSegment } from '../segments/segments-of.ts';
import type { UserSignals } from './types.ts';

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

/** What ranking may use of a user; nothing at all where consent forbids it. */
export const userSignals = (userId: string, loaded: LoadedUser, now: number): UserSignals => {
  const profile: StoredProfile = loaded.profile ?? newProfile(userId, now);
  if (!allowsPersonalisation(profile)) return nobody(userId);
  const behaviour = loaded.journal.behaviour ?? emptyBehaviour();
  return {
    userId,
    history: contentHistory(behaviour),
    ...membership(loaded.facts),
    interests: interestTerms(profile),
    contentTypeAffinity: contentTypeAffinity(behaviour),
    segment: dominantSegment(profile, behaviour, now),
    personalised: true,
    interactionCount: behaviour.interactions,
  };
};
