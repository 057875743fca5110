import type { StoredProfile } from '../../../core/profile/stored-profile.ts';
import { profileFromItem, profileKey, profileToItem } from '../entities/profile.ts';
import { getItem } from '../read-items.ts';
import { putSuccessor } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

export const readProfile = accessPattern(
  {
    name: 'readProfile',
    question: 'What was said about this user?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = PERSONALIZATION',
    consistency: 'strong',
    guard: '-',
  },
  async (call, userId: string): Promise<StoredProfile | undefined> => {
    const item = await getItem(call, profileKey(userId), true);
    return item && profileFromItem(item);
  },
);

export const replaceProfile = accessPattern(
  {
    name: 'replaceProfile',
    question: 'Replace the profile of this user',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = PERSONALIZATION',
    consistency: '-',
    guard: 'still at the version that was read (or not there, for the first)',
  },
  (call, profile: StoredProfile, expectedVersion: number): Promise<boolean> =>
    putSuccessor(call, profileToItem(profile), expectedVersion),
);
