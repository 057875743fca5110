import { putMarketFocus } from '../../contracts/profile/endpoints.ts';
import { changeProfile } from '../../core/profile/change/manage-profile.ts';
import { applyMarketFocus } from '../../core/profile/change/update-profile.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { profilePorts } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(putMarketFocus, async ({ body, userId, now }) => {
  const { profile } = await changeProfile(profilePorts(), {
    userId,
    now,
    change: (known) => applyMarketFocus(known, body.focus, now),
  });
  return { status: 200, body: { success: true, marketFocus: profile.marketFocus, version: profile.version } };
});
