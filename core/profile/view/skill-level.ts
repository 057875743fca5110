import type { Behaviour } from '../behaviour.ts';
import { distinctFeatures } from '../fold/tallies.ts';
import type { StoredProfile } from '../stored-profile.ts';
import { saturating } from './curves.ts';

export const SKILL_LEVELS = ['beginner', 'intermediate', 'advanced', 'expert'] as const;
export type SkillLevel = (typeof SKILL_LEVELS)[number];

/** Interactions after which what was seen counts as much as what the user says of themselves. */
const EVIDENCE_HALF = 50;
/** Where nothing is said, one begins here. */
const UNSTATED = 0.1;
const FEWEST_RATINGS = 3;

const statedSkill = ({ learner }: Pick<StoredProfile, 'learner'>): number => {
  const level = (SKILL_LEVELS as readonly string[]).indexOf(learner?.experienceLevel ?? '');
  return level < 0 ? UNSTATED : (level + 0.5) / SKILL_LEVELS.length;
};

const shownSkill = (behaviour: Behaviour): number => {
  const [ratings, ratingSum] = behaviour.ratings;
  const parts: [weight: number, part: number][] = [
    [0.3, saturating(distinctFeatures(behaviour) + behaviour.contentTypes.length, 8)],
    [0.3, saturating(behaviour.interactions, 150)],
    [0.3, saturating(behaviour.completions, 8)],
  ];
  if (ratings >= FEWEST_RATINGS) parts.push([0.1, (ratingSum / 1000 / ratings - 1) / 4]);
  const weight = parts.reduce((sum, [w]) => sum + w, 0);
  return parts.reduce((sum, [w, part]) => sum + w * part, 0) / weight;
};

/**
 * Quarters of a skill of 0-1. Shown: breadth (1 - e^(-(features + content types) / 8), weight .3), depth
 * (1 - e^(-interactions / 150), .3), completions (1 - e^(-n / 8), .3), mean rating given from three ratings on (.1).
 * Stated: the learner's experience level (.125, .375, .625, .875), else .1. Shown counts n / (n + 50), stated the rest.
 */
export const skillLevel = (profile: Pick<StoredProfile, 'learner'>, behaviour: Behaviour): SkillLevel => {
  const evidence = behaviour.interactions / (behaviour.interactions + EVIDENCE_HALF);
  const skill = evidence * shownSkill(behaviour) + (1 - evidence) * statedSkill(profile);
  return SKILL_LEVELS[Math.min(3, Math.floor(skill * 4))] ?? 'beginner';
};
