import type { UpdateStore } from '../../../core/updates/ports.ts';
import { dropUpdates, keepUpdate, readUpdates } from '../access-patterns/updates.ts';
import type { Database } from '../database.ts';

/** What is new for users. */
export const updateStore = (database: Database): UpdateStore => ({
  put: (userId, update) => keepUpdate(database, userId, update),
  since: (userId, since, now) => readUpdates(database, userId, since, now),
  remove: (userId) => dropUpdates(database, userId),
});
