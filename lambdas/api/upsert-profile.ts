import { upsertProfile } from '../../contracts/profile/endpoints.ts';
import { changeProfile } from '../../core/profile/change/manage-profile.ts';
import { upsertedProfile } from '../../core/profile/change/upsert-profile.ts';
import { welcome } from '../../core/recommend/serve/welcome.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { shownProfile } from '../runtime/kept/user-models.ts';
import { serving } from '../runtime/ports/serving-ports.ts';
import { profilePorts } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(upsertProfile, async ({ body, userId, now, newId }) => {
  const known = await changeProfile(profilePorts(), { userId, now, change: upsertedProfile(body, now) });
  const profile = await shownProfile(known, now);
  const personalization = await welcome(serving(), {
    userId,
    now,
    newId,
    score: profile.personalizationScore,
  });
  return { status: 200, body: { success: true, profileId: userId, profile, personalization } };
});
