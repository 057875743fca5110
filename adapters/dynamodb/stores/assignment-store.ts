import type { AssignmentStore } from '../../../core/experiments/assignment/ports.ts';
import { exposeArms, readAssignments } from '../access-patterns/assignments.ts';
import type { Database } from '../database.ts';

/** Arms that users saw. */
export const assignmentStore = (database: Database): AssignmentStore => ({
  get: (userId) => readAssignments(database, userId),
  expose: (userId, additions, stale) => exposeArms(database, userId, additions, stale),
});
