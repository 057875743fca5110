import { updateProfile } from '../../contracts/profile/endpoints.ts';
import { changeProfile } from '../../core/profile/change/manage-profile.ts';
import { applyUpdate } from '../../core/profile/change/update-profile.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { shownProfile } from '../runtime/kept/user-models.ts';
import { profilePorts } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(updateProfile, async ({ body, userId, now }) => {
  const change = (profile: Parameters<typeof applyUpdate>[0]) => applyUpdate(profile, body, now);
  const known = await changeProfile(profilePorts(), { userId, now, expectedVersion: body.version, change });
  return { status: 200, body: await shownProfile(known, now) };
});
