import type { AchievementDefinition, Domain } from '../domains/types.ts';
import { Conflict, NotFound } from '../errors.ts';
import type { AchievementView } from './achievement-view.ts';
import type { ReadAchievementsPorts } from './ports.ts';
import { type AchievementQuestion, knownAchievements } from './read-achievements.ts';
import { achievementKey } from './types.ts';

export type ClaimQuestion = AchievementQuestion & { readonly achievementId: string };

/** @throws NotFound where the product has no such achievement */
export const definitionOf = (domain: Domain, achievementId: string): AchievementDefinition => {
  const found = domain.achievements.find(({ id }) => id === achievementId);
  if (!found) throw new NotFound(`There is no achievement ${achievementId}`);
  return found;
};

/** One achievement as it stands, and all that is known beside it. Throws `Conflict` while it is locked. */
export const unlockedAchievement = async (ports: ReadAchievementsPorts, question: ClaimQuestion) => {
  const definition = definitionOf(question.domain, question.achievementId);
  const known = await knownAchievements(ports, question);
  const view = known.answer.achievements.find(({ id }) => id === definition.id);
  if (view === undefined || view.status === 'locked') {
    throw new Conflict(known.answer.reason ?? `${definition.name} is still locked: ${view?.reason}`);
  }
  return { ...known, definition, view };
};

/**
 * Claims an unlocked achievement, once: of many who try at once one gets it.
 * @throws NotFound for an unknown one, Conflict while it is locked and once it is claimed
 */
export const claimAchievement = async (
  ports: ReadAchievementsPorts,
  question: ClaimQuestion,
): Promise<{ success: true; achievement: AchievementView }> => {
  const { userId, domain, now } = question;
  const { definition, view } = await unlockedAchievement(ports, question);
  // A clock that ran backwards claims nothing before it was unlocked.
  const at = Math.max(now, Date.parse(view.unlockedAt ?? ''));
  const outcome = await ports.achievements.claim(userId, achievementKey(domain.name, definition.id), at);
  if (outcome !== 'done') {
    throw new Conflict(
      `${definition.name} ${outcome === 'claimed' ? 'was claimed before' : 'is still locked'}`,
    );
  }
  const claimedAt = new Date(at).toISOString();
  return { success: true, achievement: { ...view, status: 'claimed', claimedAt } };
};
