import type { ActivityStore } from '../../../core/journal/ports.ts';
import { allUsers, markBatchActive, usersActiveInHour } from '../access-patterns/activity.ts';
import type { Database } from '../database.ts';

/** What jobs read across users, and the marks of bulk messages. */
export const activityStore = (database: Database): ActivityStore => ({
  markBatch: (hour, batchId, userIds) => markBatchActive(database, hour, batchId, userIds),
  usersActiveIn: (hour) => usersActiveInHour(database, hour),
  scanUsers: (segment, total, options) =>
    allUsers(database, { segment, total, decisions: options?.decisions }, (database.clock ?? Date.now)()),
});
