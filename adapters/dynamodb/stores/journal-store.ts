import { Unavailable } from '../../../core/errors.ts';
import type { JournalState, JournalStore } from '../../../core/journal/ports.ts';
import { markUserActive } from '../access-patterns/activity.ts';
import * as journal from '../access-patterns/journal.ts';
import { loadJournal } from '../access-patterns/users.ts';
import type { Database } from '../database.ts';
import { journalStateFrom } from '../journal-state.ts';

const READS = 3;

const load = async (database: Database, userId: string): Promise<JournalState> => {
  for (let read = 0; read < READS; read += 1) {
    const state = journalStateFrom(await loadJournal(database, userId));
    if (state) return state;
  }
  throw new Unavailable("The user's ledger cannot be read now");
};

/** The journal's port on the table. */
export const journalStore = (database: Database): JournalStore => ({
  load: (userId) => load(database, userId),
  putPage: (userId, page, expiresAt) => journal.placePage(database, userId, page, expiresAt),
  getPage: (userId, seq) => journal.readPage(database, userId, seq),
  pages: (range) => journal.readPages(database, range, (database.clock ?? Date.now)()),
  deletePages: (userId, throughSeq) => journal.dropPages(database, userId, throughSeq),
  putRun: (userId, run) => journal.sealRun(database, userId, run),
  deleteRuns: (userId, throughSeq) => journal.dropRuns(database, userId, throughSeq),
  markActive: (userId, hour) => markUserActive(database, hour, userId),
  commit: (userId, next, expected) => journal.commitBehaviour(database, userId, next, expected),
});
