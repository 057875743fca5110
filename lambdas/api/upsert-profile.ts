import { upsertProfile } from '../../contracts/profile/endpoints.ts';
import { changeProfile } from '../../core/profile/change/manage-profile.ts';
import { upsertedProfile } from '../../core/profile/change/upsert-profile.ts';
import { DEFAULT_MATCHING } from '../../core/recommend/matching.ts';
import { welcome } from '../../core/recommend/serve/welcome.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { shownProfile } from '../runtime/kept/user-models.ts';
import { serving } from '../runtime/ports/serving-ports.ts';
import { profilePorts } from '../runtime/ports/table-ports.ts';
import { domainOf } from '../runtime/requested-domain.ts';

export const handler = endpoint(upsertProfile, async ({ body, caller, userId, now, newId }) => {
  const known = await changeProfile(profilePorts(), { userId, now, change: upsertedProfile(body, now) });
  const profile = await shownProfile(known, now);
  const { matching = DEFAULT_MATCHING } = domainOf(caller, undefined);
  const personalization = await welcome(serving(), { userId, now, newId, ...known, matching });
  return { status: 200, body: { success: true, profileId: userId, profile, personalization } };
});
