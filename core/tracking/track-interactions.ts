import { achievementsAfter } from '../achievements/achievements-after.ts';
import { newDays } from '../achievements/new-days.ts';
import type { TrackedAchievementPorts } from '../achievements/ports.ts';
import type { UnlockedNow } from '../achievements/unlock.ts';
import {
  convertInteractions,
  type InteractionConversionPorts,
} from '../experiments/outcomes/convert-interactions.ts';
import type { JournalStore } from '../journal/ports.ts';
import { recordInteractions } from '../journal/record-interactions.ts';
import { allowsTracking, allowsTraining, CONSENT_REASON } from '../privacy/consent.ts';
import { type Behaviour, emptyBehaviour } from '../profile/behaviour.ts';
import { foldInteractions } from '../profile/fold/fold-interactions.ts';
import type { LoadedUser, UsersStore } from '../profile/ports.ts';
import { newProfile, type StoredProfile } from '../profile/stored-profile.ts';
import type { Interaction } from '../profile/types.ts';

export type TrackingPorts = {
  readonly users: UsersStore;
  readonly journal: JournalStore;
  /** Where interactions count for experiments. */
  readonly conversions?: InteractionConversionPorts;
  /** Where interactions move achievements. */
  readonly achievements?: TrackedAchievementPorts;
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
  /** Achievements that this call unlocked; absent where they are not looked at. */
  readonly unlocked?: readonly UnlockedNow[];
  /** Why nothing was stored, where the user's consent forbids it. */
  readonly reason?: string;
};

/** What tracking reads of a user: consent, the state that new interactions are folded into, arms of experiments. */
export type TrackedUser = Pick<LoadedUser, 'profile' | 'journal' | 'sticky'>;

/**
 * Notes the days that the interactions bring, then answers how to look after the achievements once they are folded. Before the fold, as
 * a call that is cut off in between then finds the days missing in the behaviour when it is repeated.
 */
const followAchievements = async (
  ports: TrackedAchievementPorts,
  { userId, interactions, now }: TrackRequest,
  { profile, journal }: TrackedUser,
) => {
  const days = newDays(interactions, { profile, journal });
  const state = days.length > 0 ? await ports.achievements.addDays(userId, days) : undefined;
  const before = journal.behaviour;
  return (after: Behaviour, duplicates: number): Promise<UnlockedNow[]> =>
    achievementsAfter(ports, { userId, profile, before, after, state, repeated: duplicates > 0, now });
};

/**
 * Stores and folds interactions of a user who was read already; a stale read costs a round trip, never correctness. They count for
 * experiments first: a call that is cut off in between finds them new when it is repeated.
 */
export const trackLoaded = async (
  ports: Omit<TrackingPorts, 'users'>,
  request: TrackRequest,
  user: TrackedUser,
): Promise<Tracked> => {
  const { profile, journal, sticky } = user;
  const { userId, now, interactions } = request;
  const known = profile ?? newProfile(userId, now);
  if (!allowsTracking(profile)) {
    const behaviour = journal.behaviour ?? emptyBehaviour();
    return { profile: known, behaviour, counted: 0, duplicates: 0, reason: CONSENT_REASON };
  }
  if (ports.conversions && sticky) {
    await convertInteractions(ports.conversions, { userId, interactions, sticky, journal });
  }
  const follow =
    ports.achievements && allowsTraining(profile)
      ? await followAchievements(ports.achievements, request, user)
      : undefined;
  const { behaviour, counted, duplicates } = await recordInteractions({
    ...request,
    store: ports.journal,
    fold: foldInteractions,
    loaded: journal,
    pause: ports.pause,
  });
  const unlocked = await follow?.(behaviour, duplicates);
  return { profile: known, behaviour, counted, duplicates, ...(unlocked && { unlocked }) };
};

/**
 * Stores and folds interactions of one user: one read that brings everything, then the journal's writes. The one way
 * for single calls and for the bulk worker alike. Throws `Conflict` when other writers of the user kept winning.
 */
export const trackInteractions = async (ports: TrackingPorts, request: TrackRequest): Promise<Tracked> => {
  const user = await ports.users.load(request.userId, { parts: 'ledger', now: request.now });
  return trackLoaded(ports, request, user);
};
