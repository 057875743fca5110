import { resetProfile } from '../../contracts/profile/endpoints.ts';
import { KEPT_ON_RESET, resetProfile as reset } from '../../core/profile/change/reset-profile.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { shownProfile } from '../runtime/kept/user-models.ts';
import { journal, precomputed, profilePorts } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(resetProfile, async ({ userId, now }) => {
  const ports = { ...profilePorts(), journal: journal(), precomputed: precomputed() };
  const known = await reset(ports, userId, now);
  return {
    status: 200,
    body: { success: true, userId, kept: KEPT_ON_RESET, profile: await shownProfile(known, now) },
  };
});
