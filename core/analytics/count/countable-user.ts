import type { StoredUser } from '../../journal/ports.ts';
import { storedInteractions } from '../../journal/stored-interactions.ts';
import { clusterOf } from '../../learn/users/segments/cluster-of.ts';
import type { SegmentModel } from '../../learn/users/types.ts';
import { type Behaviour, emptyBehaviour } from '../../profile/behaviour.ts';
import { foldInteractions } from '../../profile/fold/fold-interactions.ts';
import { newProfile, type StoredProfile } from '../../profile/stored-profile.ts';
import { behaviourVector } from '../../profile/view/behaviour-vector.ts';
import { segmentsOf } from '../../segments/segments-of.ts';
import type { Window } from '../periods.ts';
import type { CountableUser } from '../types.ts';

/** From this confidence on, a user is counted in a named segment; in several at once, where several are sure. */
const MEMBER_FROM = 0.5;

/** What the names of learned segments begin with. */
export const LEARNED = 'learned:';

const segmentNames = (
  profile: StoredProfile,
  behaviour: Behaviour,
  { asOf, model }: { asOf: number; model: SegmentModel | undefined },
): string[] => {
  const named = segmentsOf(profile, behaviour, asOf)
    .filter(({ confidence }) => confidence >= MEMBER_FROM)
    .map(({ name }) => name);
  if (model === undefined || behaviour.interactions === 0) return named;
  return [...named, `${LEARNED}${clusterOf(model, behaviourVector(behaviour, asOf)).name}`];
};

/**
 * A stored user as the aggregation counts them; `model` names the learned segments. Consent is asked for before, and
 * decisions are run again afterwards.
 */
export const countableUser = (
  user: StoredUser,
  { asOf }: Window,
  model: SegmentModel | undefined,
): Omit<CountableUser, 'judged'> => {
  const { userId, profile, state, decisions } = user;
  const interactions = storedInteractions(user)
    .filter(({ occurredAt }) => occurredAt < asOf)
    .sort((a, b) => a.occurredAt - b.occurredAt);
  const behaviour = state.behaviour ?? foldInteractions(emptyBehaviour(), interactions);
  return {
    userId,
    behaviour,
    interactions,
    decisions: (decisions ?? [])
      .filter(({ decidedAt }) => decidedAt < asOf)
      .sort((a, b) => a.decidedAt - b.decidedAt),
    segments: segmentNames(profile ?? newProfile(userId, asOf), behaviour, { asOf, model }),
  };
};
