import type { StickyAssignments } from '../types.ts';

/** Arms that users saw. `UsersStore.load` with parts `config` brings them along with the rest of the user. */
export type AssignmentStore = {
  /** What is stored of this user, with the writes of everybody in it. */
  get(userId: string): Promise<StickyAssignments>;
  /**
   * Keeps arms that a user saw for the first time; an arm that is stored already stays. `stale` lines are forgotten.
   * Answers what is stored then. One small write.
   */
  expose(userId: string, additions: StickyAssignments, stale: readonly string[]): Promise<StickyAssignments>;
};
