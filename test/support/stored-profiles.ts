import { profileStore } from '../../adapters/dynamodb/stores/profile-store.ts';
import {
  defaultPrivacy,
  newProfile,
  type Privacy,
  type StoredProfile,
} from '../../core/profile/stored-profile.ts';
import type { Engine } from './engine.ts';

/** Writes into a stored profile what no endpoint takes. */
export const putProfile = async (
  { database, clock }: Engine,
  userId: string,
  change: Partial<StoredProfile>,
): Promise<void> => {
  const store = profileStore(database);
  const profile = (await store.get(userId)) ?? newProfile(userId, clock.now());
  const next = { ...profile, ...change, version: profile.version + 1, updatedAt: clock.now() };
  await store.put(next, profile.version);
};

/** What a user allows: everything but what is said. */
export const setPrivacy = (engine: Engine, userId: string, privacy: Partial<Privacy>): Promise<void> =>
  putProfile(engine, userId, { privacy: { ...defaultPrivacy(), ...privacy } });
