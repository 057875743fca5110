import type { StoredProfile } from '../../../core/profile/stored-profile.ts';
import { type Item, key, PERSONALIZATION, userPartition } from '../keys.ts';

export const PROFILE_SORT = PERSONALIZATION;

export const profileKey = (userId: string) => key(userPartition(userId), PROFILE_SORT);

/** Kept as plain attributes, so that an operator can read what was said about a user. */
export const profileToItem = (profile: StoredProfile): Item => ({
  ...profileKey(profile.userId),
  EntityType: 'PersonalizationProfile',
  v: 1,
  ...profile,
});

export const profileFromItem = ({ PK, SK, EntityType, v, ...profile }: Item): StoredProfile =>
  profile as StoredProfile;
