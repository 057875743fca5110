import type { JournalStore } from '../../journal/ports.ts';
import { resetBehaviour } from '../../journal/reset-behaviour.ts';
import type { PrecomputedStore } from '../../recommend/ports.ts';
import { newProfile, type StoredProfile } from '../stored-profile.ts';
import { changeProfile, type KnownUser, loadKnownUser, type ProfilePorts } from './manage-profile.ts';

export type ResetPorts = ProfilePorts & {
  readonly journal: JournalStore;
  readonly precomputed: PrecomputedStore;
};

/** What a reset does not touch. */
export const KEPT_ON_RESET: string[] = ['identity', 'privacy', 'timezone'];

const forgotten = (profile: StoredProfile, now: number): StoredProfile => ({
  ...newProfile(profile.userId, profile.createdAt),
  ...(profile.email === undefined ? {} : { email: profile.email }),
  ...(profile.timezone === undefined ? {} : { timezone: profile.timezone }),
  privacy: profile.privacy,
  version: profile.version,
  updatedAt: now,
});

/** Forgets what was learned and said; identity and consent stay. Throws `NotFound` for an unknown user. */
export const resetProfile = async (ports: ResetPorts, userId: string, now: number): Promise<KnownUser> => {
  await loadKnownUser(ports, userId, now);
  await resetBehaviour(ports.journal, userId, now);
  await ports.precomputed.remove(userId);
  return changeProfile(ports, { userId, now, change: (profile) => forgotten(profile, now) });
};
