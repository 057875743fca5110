import { Conflict } from '../../../core/errors.ts';
import { readProfile, replaceProfile } from '../access-patterns/profile.ts';
import type { Database } from '../database.ts';
import type { ProfileStore } from '../store-types.ts';

/** What was said about users, with optimistic versions. */
export const profileStore = (database: Database): ProfileStore => ({
  get: (userId) => readProfile(database, userId),
  put: async (profile, expectedVersion) => {
    if (await replaceProfile(database, profile, expectedVersion)) return;
    throw new Conflict('The profile was changed by somebody else; read it again');
  },
});
