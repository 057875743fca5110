import type { SkillLevel } from '../../profile/view/skill-level.ts';
import { DIFFICULTIES, type Difficulty, type FeatureDefinition } from '../types.ts';
import { CONFIG_THRESHOLDS as T } from './thresholds.ts';

/** Place of a tier (or a skill) on the way from beginner to advanced. */
export const tierOf = (level: SkillLevel): number =>
  level === 'expert' ? DIFFICULTIES.length - 1 : DIFFICULTIES.indexOf(level);

/** How far the tiers are open: the highest one, and why, in words. */
export type OpenTiers = { readonly upTo: number; readonly reason: string; readonly byAdoption: boolean };

const sizeOf = (declared: readonly FeatureDefinition[], tier: Difficulty): number =>
  declared.filter(({ level }) => level === tier).length;

const bySkill = (skill: SkillLevel): OpenTiers => ({
  upTo: tierOf(skill),
  byAdoption: false,
  reason: `Features up to the skill shown (${skill})`,
});

/**
 * Beginner is open to everybody. A higher tier opens to whoever has the skill, or uses (three times each) at least 60 % of
 * the features of the tier below.
 * @param adopted adopted features of the tiers beginner, intermediate, advanced
 */
export const openTiers = (
  declared: readonly FeatureDefinition[],
  skill: SkillLevel,
  adopted: readonly [number, number, number],
): OpenTiers => {
  let open = bySkill(skill);
  while (open.upTo < DIFFICULTIES.length - 1) {
    const [below, next] = [DIFFICULTIES[open.upTo]!, DIFFICULTIES[open.upTo + 1]!];
    const [done, size] = [adopted[open.upTo] ?? 0, sizeOf(declared, below)];
    if (size === 0 || (done / size) * 100 < T.tierPercent) return open;
    open = {
      upTo: open.upTo + 1,
      byAdoption: true,
      reason: `${done} of ${size} ${below} features are in use, which opens the ${next} ones`,
    };
  }
  return open;
};
