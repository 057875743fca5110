import { type AchievementState, type ActiveDays, noDays } from '../../../core/achievements/types.ts';
import { achievementAttribute, achievementsFromItem, achievementsKey } from '../entities/achievements.ts';
import { getItem } from '../read-items.ts';
import { deleteItem, updateItemIf } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const KEY = 'PK = USER#<userId>, SK = PERSONALIZATION#ACHIEVEMENTS';

/** Written by whichever update makes the item. */
const KIND = { names: { '#type': 'EntityType', '#v': 'v' }, values: { ':type': 'Achievements', ':v': 1 } };
const SET_KIND = '#type = :type, #v = :v';

export const readAchievements = accessPattern(
  {
    name: 'readAchievements',
    question: 'Which achievements did this user unlock and claim, and on which days was something done?',
    operation: 'GetItem',
    index: 'table',
    key: KEY,
    consistency: 'strong',
    guard: '-',
  },
  async (call, userId: string): Promise<AchievementState> =>
    achievementsFromItem(await getItem(call, achievementsKey(userId), true)),
);

export const replaceDays = accessPattern(
  {
    name: 'replaceDays',
    question: 'Note further days on which this user did something',
    operation: 'UpdateItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: 'the days are still those to which they were added',
  },
  (call, userId: string, days: ActiveDays, before: ActiveDays): Promise<boolean> => {
    const isFirst = before === noDays || before.mask.length === 0;
    const guard = isFirst ? 'attribute_not_exists(#days)' : '#newest = :newestBefore AND #days = :daysBefore';
    return updateItemIf(call, achievementsKey(userId), `SET #newest = :newest, #days = :days, ${SET_KIND}`, {
      expression: guard,
      names: { ...KIND.names, '#newest': 'newestDay', '#days': 'days' },
      values: {
        ...KIND.values,
        ':newest': days.newest,
        ':days': days.mask,
        ...(isFirst ? {} : { ':newestBefore': before.newest, ':daysBefore': before.mask }),
      },
    });
  },
);

export const unlockAchievement = accessPattern(
  {
    name: 'unlockAchievement',
    question: 'Unlock an achievement of this user, to be told of',
    operation: 'UpdateItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: 'it is not unlocked yet',
  },
  (call, userId: string, achievement: string, at: number): Promise<boolean> =>
    updateItemIf(
      call,
      achievementsKey(userId),
      `SET #achievement = :times, ${SET_KIND} ADD #untold :achievement`,
      {
        expression: 'attribute_not_exists(#achievement)',
        names: { ...KIND.names, '#achievement': achievementAttribute(achievement), '#untold': 'untold' },
        values: { ...KIND.values, ':times': [at], ':achievement': new Set([achievement]) },
      },
    ),
);

export const noteTold = accessPattern(
  {
    name: 'noteTold',
    question: 'Note that an unlocked achievement was told of',
    operation: 'UpdateItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: 'the user still has achievements (a reset may have come in between)',
  },
  async (call, userId: string, achievement: string): Promise<void> => {
    await updateItemIf(call, achievementsKey(userId), 'DELETE #untold :achievement', {
      expression: 'attribute_exists(#untold)',
      names: { '#untold': 'untold' },
      values: { ':achievement': new Set([achievement]) },
    });
  },
);

export const claimAchievement = accessPattern(
  {
    name: 'claimAchievement',
    question: 'Claim an unlocked achievement of this user',
    operation: 'UpdateItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: 'it is unlocked, and nobody claimed it',
  },
  (call, userId: string, achievement: string, at: number): Promise<boolean> =>
    updateItemIf(call, achievementsKey(userId), 'SET #achievement[1] = :at', {
      expression: 'attribute_exists(#achievement) AND attribute_not_exists(#achievement[1])',
      names: { '#achievement': achievementAttribute(achievement) },
      values: { ':at': at },
    }),
);

export const deleteAchievements = accessPattern(
  {
    name: 'deleteAchievements',
    question: 'Forget the achievements and the days of this user',
    operation: 'DeleteItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: '-',
  },
  async (call, userId: string): Promise<void> => {
    await deleteItem(call, achievementsKey(userId));
  },
);
