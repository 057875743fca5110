import type { JournalStore } from '../journal/ports.ts';
import { recordInteractions } from '../journal/record-interactions.ts';
import { allowsTracking, CONSENT_REASON } from '../privacy/consent.ts';
import { type Behaviour, emptyBehaviour } from '../profile/behaviour.ts';
import { foldInteractions } from '../profile/fold-interactions.ts';
import type { UsersStore } from '../profile/ports.ts';
import { newProfile, type StoredProfile } from '../profile/stored-profile.ts';
import type { Interaction } from '../profile/types.ts';

export type TrackingPorts = {
  readonly users: UsersStore;
  readonly journal: JournalStore;
  /** Waits before a repeated attempt, with jitter. */
  readonly pause: (attempt: number) => Promise<void>;
};

export type TrackRequest = {
  readonly userId: string;
  readonly interactions: readonly Interaction[];
  /** ms since the epoch */
  readonly now: number;
  readonly retentionMs: number;
  /** True where the users of a whole message are marked active already. */
  readonly marked?: boolean;
};

export type Tracked = {
  readonly profile: StoredProfile;
  readonly behaviour: Behaviour;
  readonly counted: number;
  readonly duplicates: number;
  /** Why nothing was stored, where the user's consent forbids it. */
  readonly reason?: string;
};

/**
 * Stores and folds interactions of one user: one read that brings everything, then the journal's writes. The one way
 * for single calls and for the bulk worker alike. Throws `Conflict` when other writers of the user kept winning.
 */
export const trackInteractions = async (ports: TrackingPorts, request: TrackRequest): Promise<Tracked> => {
  const { userId, interactions, now, retentionMs, marked } = request;
  const { profile, journal } = await ports.users.load(userId, { parts: 'ledger', now });
  const known = profile ?? newProfile(userId, now);
  if (!allowsTracking(profile)) {
    const behaviour = journal.behaviour ?? emptyBehaviour();
    return { profile: known, behaviour, counted: 0, duplicates: 0, reason: CONSENT_REASON };
  }
  const { behaviour, counted, duplicates } = await recordInteractions({
    store: ports.journal,
    fold: foldInteractions,
    userId,
    interactions,
    now,
    retentionMs,
    loaded: journal,
    marked,
    pause: ports.pause,
  });
  return { profile: known, behaviour, counted, duplicates };
};
