import { Unavailable } from '../../../core/errors.ts';
import type { OutcomeStore } from '../../../core/experiments/outcomes/ports.ts';
import { placeOutcome, readOutcome, readOutcomes, replaceOutcome } from '../access-patterns/outcomes.ts';
import type { Database } from '../database.ts';

/** A refused row may run out between the refusal and the read; once more is enough then. */
const ATTEMPTS = 3;

/** What users of experiments did. */
export const outcomeStore = (database: Database): OutcomeStore => {
  const now = () => (database.clock ?? Date.now)();
  return {
    expose: async (row) => {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        if (await placeOutcome(database, row, now())) return row;
        const stored = await readOutcome(database, row.line, row.userId, now());
        if (stored) return stored;
      }
      throw new Unavailable('The exposure cannot be stored now');
    },
    get: (line, userId) => readOutcome(database, line, userId, now()),
    convert: (row, expectedRev) => replaceOutcome(database, row, expectedRev),
    rowsOf: (line, shard) => readOutcomes(database, line, shard, now()),
  };
};
