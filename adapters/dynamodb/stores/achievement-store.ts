import { withDays } from '../../../core/achievements/active-days.ts';
import type { AchievementState, AchievementStore } from '../../../core/achievements/types.ts';
import { Conflict } from '../../../core/errors.ts';
import {
  claimAchievement,
  deleteAchievements,
  noteTold,
  readAchievements,
  replaceDays,
  unlockAchievement,
} from '../access-patterns/achievements.ts';
import type { Database } from '../database.ts';

/** Every failed attempt means that another writer of the user brought a day: there are no more than a few new ones at a time. */
const ATTEMPTS = 12;

const addDays = async (
  database: Database,
  userId: string,
  days: readonly number[],
): Promise<AchievementState> => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const state = await readAchievements(database, userId);
    const all = withDays(state.days, days);
    if (all === state.days || (await replaceDays(database, userId, all, state.days))) {
      return { ...state, days: all };
    }
  }
  throw new Conflict('Too many writers changed the days of this user at the same time');
};

/** Achievements of users, in one small item each. */
export const achievementStore = (database: Database): AchievementStore => ({
  get: (userId) => readAchievements(database, userId),
  addDays: (userId, days) => addDays(database, userId, days),
  unlock: (userId, key, at) => unlockAchievement(database, userId, key, at),
  told: (userId, key) => noteTold(database, userId, key),
  claim: async (userId, key, at) => {
    if (await claimAchievement(database, userId, key, at)) return 'done';
    const { claimed } = await readAchievements(database, userId);
    return claimed[key] === undefined ? 'locked' : 'claimed';
  },
  remove: (userId) => deleteAchievements(database, userId),
});
