import { emptyBehaviour } from '../behaviour.ts';
import { featureUses } from '../fold/tallies.ts';
import type { UsersStore } from '../ports.ts';

/** A user's features by recency-weighted use, with how often each was used in all. Unknown users have none. */
export const frequentFeatures = async (
  users: UsersStore,
  ask: { userId: string; limit: number; now: number },
) => {
  const { journal } = await users.load(ask.userId, { parts: 'head', now: ask.now });
  const used = featureUses(journal.behaviour ?? emptyBehaviour(), ask.now).slice(0, ask.limit);
  return {
    features: used.map(({ feature }) => feature),
    counts: Object.fromEntries(used.map(({ feature, count }) => [feature, count])),
    reason: used.length > 0 ? undefined : 'No use of a feature was tracked for this user yet',
  };
};
