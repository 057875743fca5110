import { getProfile } from '../../contracts/profile/endpoints.ts';
import { loadKnownUser } from '../../core/profile/manage-profile.ts';
import { profileView } from '../../core/profile/profile-view.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { users } from '../runtime/table-ports.ts';

export const handler = endpoint(getProfile, async ({ userId, now }) => {
  const known = await loadKnownUser({ users: users() }, userId, now);
  return { status: 200, body: profileView({ ...known, now }) };
});
