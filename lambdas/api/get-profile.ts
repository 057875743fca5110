import { getProfile } from '../../contracts/profile/endpoints.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { profileOf } from '../runtime/kept/user-models.ts';

export const handler = endpoint(getProfile, async ({ userId, now }) => ({
  status: 200,
  body: await profileOf(userId, now),
}));
