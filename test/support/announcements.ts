import type { AnnouncementStore } from '../../core/experiments/announcements/ports.ts';
import { type Announced, nothingAnnounced } from '../../core/experiments/announcements/types.ts';
import type { ResultsStore } from '../../core/experiments/evaluation/ports.ts';
import type { Evaluation, PastEvaluation } from '../../core/experiments/evaluation/types.ts';

/** Notes of what was told, in memory. */
export const memoryAnnouncements = (): AnnouncementStore => {
  const notes = new Map<string, Announced>();
  return {
    get: async (id) => notes.get(id),
    all: async () => new Map(notes),
    put: async (id, announced, expectedRev) => {
      if ((notes.get(id) ?? nothingAnnounced).rev !== expectedRev) return false;
      notes.set(id, announced);
      return true;
    },
  };
};

/** Results in memory. */
export const memoryResults = (): ResultsStore => {
  const newest = new Map<string, Evaluation>();
  const past = new Map<string, PastEvaluation[]>();
  return {
    get: async (line) => newest.get(line),
    put: async (line, evaluation) => {
      if ((newest.get(line)?.evaluatedAt ?? 0) <= evaluation.evaluatedAt) newest.set(line, evaluation);
    },
    note: async (line, one) => {
      past.set(line, [one, ...(past.get(line) ?? [])]);
    },
    history: async (line, limit) => (past.get(line) ?? []).slice(0, limit),
  };
};
