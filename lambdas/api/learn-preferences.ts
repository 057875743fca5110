import { learnPreferences } from '../../contracts/profile/endpoints.ts';
import { learnPreferences as learn, learnedFrom } from '../../core/profile/learn-preferences.ts';
import { learnedCounts } from '../../core/profile/learned-preferences.ts';
import { changeProfile } from '../../core/profile/manage-profile.ts';
import { profileView } from '../../core/profile/profile-view.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { profilePorts } from '../runtime/table-ports.ts';

export const handler = endpoint(learnPreferences, async ({ body, userId, now }) => {
  const known = await changeProfile(profilePorts(), {
    userId,
    now,
    change: (profile) => learn(profile, body.behaviorData, now).profile,
  });
  const learned = learnedFrom(learnedCounts(known.profile.preferences));
  return { status: 200, body: { learned, profile: profileView({ ...known, now }) } };
});
