import type { Behaviour } from '../behaviour.ts';
import { DAY_MS, remaining } from '../fold/decay.ts';
import { interestTerms } from '../fold/interest-terms.ts';
import { distinctFeatures } from '../fold/tallies.ts';
import type { StoredProfile } from '../stored-profile.ts';
import { saturating } from './curves.ts';

/** Points of 30 for what is said, 30 for how much was seen, 20 for how broad, 20 for how fresh it is. */
export type PersonalizationParts = { stated: number; seen: number; breadth: number; freshness: number };

const FRESHNESS_HALF_LIFE = 30 * DAY_MS;

/** 0-1: words of interest 40 %, preferences 20 %, attributes 20 %, learner or questionnaire 10 %, goals 10 %. */
const statedShare = (profile: StoredProfile): number => {
  const background = profile.learner ? 1 : (profile.questionnaire?.score ?? 0) / 100;
  return (
    0.4 * saturating(interestTerms(profile).length, 4) +
    0.2 * saturating(Object.keys(profile.preferences).length, 2) +
    0.2 * saturating(Object.keys(profile.attributes).length, 2) +
    0.1 * background +
    0.1 * saturating(profile.goals.length, 1)
  );
};

/** The parts of `personalizationScore`: each rises with every further thing known. */
export const personalizationParts = (
  profile: StoredProfile,
  behaviour: Behaviour,
  now: number,
): PersonalizationParts => {
  const kinds = distinctFeatures(behaviour) + behaviour.contentTypes.length + behaviour.types.length;
  return {
    stated: 30 * statedShare(profile),
    seen: 30 * saturating(behaviour.interactions, 20),
    breadth: 20 * saturating(kinds, 6),
    freshness: behaviour.lastAt === null ? 0 : 20 * remaining(now - behaviour.lastAt, FRESHNESS_HALF_LIFE),
  };
};

/**
 * How much the engine knows about the user, 0-100: 30 * stated + 30 * (1 - e^(-interactions / 20)) +
 * 20 * (1 - e^(-(features + content types + types) / 6)) + 20 * 2^(-days since the last / 30).
 */
export const personalizationScore = (profile: StoredProfile, behaviour: Behaviour, now: number): number => {
  const { stated, seen, breadth, freshness } = personalizationParts(profile, behaviour, now);
  return Math.min(100, Math.round(stated + seen + breadth + freshness));
};
