import { learnPreferences } from '../../contracts/profile/endpoints.ts';
import { learnWithConsent } from '../../core/privacy/learn-with-consent.ts';
import { learnedFrom } from '../../core/profile/change/learn-preferences.ts';
import { learnedCounts } from '../../core/profile/change/learned-preferences.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { shownProfile } from '../runtime/kept/user-models.ts';
import { profilePorts } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(learnPreferences, async ({ body, userId, now }) => {
  const ask = { userId, data: body.behaviorData, now };
  const { reason, ...known } = await learnWithConsent(profilePorts(), ask);
  const learned = learnedFrom(learnedCounts(known.profile.preferences));
  return { status: 200, body: { learned, profile: await shownProfile(known, now), reason } };
});
