import * as achievements from '../../adapters/dynamodb/access-patterns/achievements.ts';
import { withDays } from '../../core/achievements/active-days.ts';
import { noDays } from '../../core/achievements/types.ts';
import { NOW, USER } from './typical.ts';
import type { Use } from './uses.ts';

const TODAY = Math.floor(NOW / 86_400_000);
const KEY = 'learning/first-lesson';

/** Every other day of a year. */
const days = withDays(
  noDays,
  Array.from({ length: 180 }, (_, n) => TODAY - 2 * n),
);

/** In this order: what is read was written before. */
export const achievementUses: Readonly<Record<string, Use>> = {
  replaceDays: {
    what: '180 days',
    run: (db) => achievements.replaceDays(db, USER, days, noDays),
  },
  unlockAchievement: {
    what: 'an achievement',
    run: (db) => achievements.unlockAchievement(db, USER, KEY, NOW),
  },
  noteTold: { what: 'an achievement', run: (db) => achievements.noteTold(db, USER, KEY) },
  claimAchievement: {
    what: 'an achievement',
    run: (db) => achievements.claimAchievement(db, USER, KEY, NOW),
  },
  readAchievements: {
    what: 'an achievement and 180 days',
    run: (db) => achievements.readAchievements(db, USER),
  },
  deleteAchievements: {
    what: 'an achievement and 180 days',
    run: (db) => achievements.deleteAchievements(db, USER),
  },
};
