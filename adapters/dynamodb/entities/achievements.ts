import { type AchievementState, type ActiveDays, noDays } from '../../../core/achievements/types.ts';
import { type Item, key, PERSONALIZATION, userPartition } from '../keys.ts';

/** Sorts before `PERSONALIZATION#BEHAVIOUR`, so that the Query for a user's head brings it. */
export const ACHIEVEMENTS_SORT = `${PERSONALIZATION}#ACHIEVEMENTS`;

export const achievementsKey = (userId: string) => key(userPartition(userId), ACHIEVEMENTS_SORT);

/** Each achievement is an attribute of its own, so that one write changes it without knowing the others: `[unlockedAt, claimedAt]` in ms. */
const ACHIEVEMENT = 'a:';

export const achievementAttribute = (achievement: string): string => `${ACHIEVEMENT}${achievement}`;

const daysFrom = ({ newestDay, days }: Item): ActiveDays =>
  newestDay === undefined ? noDays : { newest: Number(newestDay), mask: Uint8Array.from(days as Uint8Array) };

/** Whatever is kept of a user who earned nothing yet too. */
export const achievementsFromItem = (item: Item | undefined): AchievementState => {
  const unlocked: Record<string, number> = {};
  const claimed: Record<string, number> = {};
  for (const [name, value] of Object.entries(item ?? {})) {
    if (!name.startsWith(ACHIEVEMENT)) continue;
    const [unlockedAt, claimedAt] = value as [number, number?];
    unlocked[name.slice(ACHIEVEMENT.length)] = unlockedAt;
    if (claimedAt !== undefined) claimed[name.slice(ACHIEVEMENT.length)] = claimedAt;
  }
  const untold = [...((item?.untold as Set<string> | undefined) ?? [])].sort();
  return { unlocked, claimed, untold, days: daysFrom(item ?? {}) };
};
