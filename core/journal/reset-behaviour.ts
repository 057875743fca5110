import { Conflict } from '../errors.ts';
import { emptyState } from './empty-state.ts';
import type { JournalState, JournalStore } from './ports.ts';

const ATTEMPTS = 5;

const forgotten = (state: JournalState, now: number): JournalState => ({
  ...emptyState,
  seq: state.seq + 1,
  revision: state.revision,
  markedHour: state.markedHour,
  resetAt: Math.max(now, state.resetAt),
  resetSeq: state.seq + 1,
});

/**
 * Forgets everything that was folded and stored about a user's behaviour. What was received before `now` (ms) and
 * arrives later is dropped, a page that is being written included. Cut off after the commit, pages may remain that
 * nothing reads any more; a repeated call deletes them.
 *
 * @throws Conflict when other writers kept winning; the call may be repeated
 */
export const resetBehaviour = async (store: JournalStore, userId: string, now: number): Promise<void> => {
  for (let number = 1; number <= ATTEMPTS; number += 1) {
    const state = await store.load(userId);
    const next = forgotten(state, now);
    if (!(await store.commit(userId, next, state))) continue;
    await Promise.all([store.deletePages(userId, next.resetSeq), store.deleteRuns(userId, next.resetSeq)]);
    return;
  }
  throw new Conflict('The user was too active to be reset');
};
