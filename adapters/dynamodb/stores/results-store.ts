import type { AnnouncementStore } from '../../../core/experiments/announcements/ports.ts';
import type { ResultsStore } from '../../../core/experiments/evaluation/ports.ts';
import * as patterns from '../access-patterns/evaluation.ts';
import type { Database } from '../database.ts';
import { announcedFromItem, announcedIdOf } from '../entities/announced.ts';

/** What was counted of experiments, one item for each round, and one small one for each hour of the last 90 days. */
export const resultsStore = (database: Database): ResultsStore => ({
  get: (line) => patterns.readEvaluation(database, line),
  put: (line, evaluation) => patterns.keepEvaluation(database, line, evaluation),
  note: (line, past) => patterns.notePastEvaluation(database, line, past),
  history: (line, limit) =>
    patterns.readPastEvaluations(database, line, limit, (database.clock ?? Date.now)()),
});

/** How far the events of experiments were told. */
export const announcementStore = (database: Database): AnnouncementStore => ({
  get: (experimentId) => patterns.readAnnounced(database, experimentId),
  all: async () => {
    const items = await patterns.readAllAnnounced(database);
    return new Map(items.map((item) => [announcedIdOf(item), announcedFromItem(item)]));
  },
  put: (experimentId, announced, expectedRev) =>
    patterns.noteAnnounced(database, experimentId, announced, {
      expectedRev,
      now: (database.clock ?? Date.now)(),
    }),
});
