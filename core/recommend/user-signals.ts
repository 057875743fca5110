import { membership } from '../journal/facts.ts';
import { type Behaviour, emptyBehaviour } from '../profile/behaviour.ts';
import { contentTypeAffinity } from '../profile/content-preferences.ts';
import { interestTerms } from '../profile/interest-terms.ts';
import type { LoadedUser } from '../profile/ports.ts';
import { allowsPersonalisation, newProfile, type StoredProfile } from '../profile/stored-profile.ts';
import { dominantSegment } from '../segments/segments-of.ts';
import type { HistoryItem, UserSignals } from './types.ts';

/** Signals are remembered in tenths. */
const SIGNAL_UNIT = 10;

/** Distinct contents, newest first, with their strongest signal; left out where the newest signal is a dislike. */
const historyOf = (behaviour: Behaviour): HistoryItem[] => {
  const history = new Map<string, HistoryItem>();
  for (const [at, signal, , itemId] of behaviour.recent) {
    if (itemId === '') continue;
    const known = history.get(itemId);
    if (!known) history.set(itemId, { itemId, weight: signal / SIGNAL_UNIT, at });
    else if (known.weight > 0) known.weight = Math.max(known.weight, signal / SIGNAL_UNIT);
  }
  return [...history.values()].filter(({ weight }) => weight > 0);
};

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
    history: historyOf(behaviour),
    ...membership(loaded.facts),
    interests: interestTerms(profile),
    contentTypeAffinity: contentTypeAffinity(behaviour),
    segment: dominantSegment(profile, behaviour, now),
    personalised: true,
    interactionCount: behaviour.interactions,
  };
};
