import { recomputeProfile } from '../../contracts/profile/endpoints.ts';
import { recompute } from '../../core/journal/recompute.ts';
import { loadKnownUser } from '../../core/profile/change/manage-profile.ts';
import { foldInteractions } from '../../core/profile/fold/fold-interactions.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { describedProfile } from '../runtime/kept/user-models.ts';
import { journal, users } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(recomputeProfile, async ({ userId, now }) => {
  const { profile } = await loadKnownUser({ users: users() }, userId, now);
  const { behaviour } = await recompute({ store: journal(), fold: foldInteractions, userId });
  return { status: 200, body: await describedProfile({ profile, behaviour }, now) };
});
