import { Conflict, NotFound } from '../../errors.ts';
import { type Behaviour, emptyBehaviour } from '../behaviour.ts';
import type { ProfileStore, UsersStore } from '../ports.ts';
import { newProfile, type StoredProfile } from '../stored-profile.ts';

export type ProfilePorts = { readonly users: UsersStore; readonly profiles: ProfileStore };

export type KnownUser = { readonly profile: StoredProfile; readonly behaviour: Behaviour };

/** In each round one of the writers wins: ten at once get through. */
const ATTEMPTS = 12;

const load = async ({ users }: Pick<ProfilePorts, 'users'>, userId: string, now: number) => {
  const { profile, journal } = await users.load(userId, { parts: 'head', now });
  const behaviour = journal.behaviour ?? emptyBehaviour();
  const since = behaviour.firstAt ?? now;
  return { stored: profile, behaviour, profile: profile ?? newProfile(userId, since) };
};

/** A user about whom anything is stored. Throws `NotFound` otherwise. */
export const loadKnownUser = async (
  ports: Pick<ProfilePorts, 'users'>,
  userId: string,
  now: number,
): Promise<KnownUser> => {
  const { stored, profile, behaviour } = await load(ports, userId, now);
  if (!stored && behaviour.interactions === 0) throw new NotFound(`Nothing is known of the user "${userId}"`);
  return { profile, behaviour };
};

export type ProfileChange = {
  readonly userId: string;
  /** ms since the epoch */
  readonly now: number;
  /** The version that the caller read: a stale one is refused. Without it the change is made to whatever is there. */
  readonly expectedVersion?: number;
  /** Makes the next profile; its version and times are set here. */
  readonly change: (profile: StoredProfile, behaviour: Behaviour) => StoredProfile;
};

/**
 * Changes a profile under optimistic concurrency, creating it where there is none.
 * Throws `Conflict` for a stale `expectedVersion`, or when others kept changing it.
 */
export const changeProfile = async (ports: ProfilePorts, request: ProfileChange): Promise<KnownUser> => {
  const { userId, now, expectedVersion, change } = request;
  for (let attempt = 1; ; attempt += 1) {
    const { profile, behaviour } = await load(ports, userId, now);
    if (expectedVersion !== undefined && expectedVersion !== profile.version) {
      throw new Conflict(
        `The profile is at version ${profile.version}, not ${expectedVersion}: read it again`,
      );
    }
    const next = { ...change(profile, behaviour), version: profile.version + 1, updatedAt: now };
    try {
      await ports.profiles.put(next, profile.version);
      return { profile: next, behaviour };
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === ATTEMPTS) throw error;
    }
  }
};
