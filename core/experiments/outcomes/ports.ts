import type { OutcomeRow } from './types.ts';

/** Rows of one line are spread over so many partitions, by a hash of the user. */
export const OUTCOME_SHARDS = 16;

/** What users of experiments did, one row for each user and line. Every write is one small item. */
export type OutcomeStore = {
  /** Keeps a row if there is none of this user and line. Answers what is stored then: the row, or the one that was first. */
  expose(row: OutcomeRow): Promise<OutcomeRow>;
  /** Sees every earlier write. */
  get(line: string, userId: string): Promise<OutcomeRow | undefined>;
  /** Replaces a row whose stored `rev` is `expectedRev`; answers false where somebody else was first. */
  convert(row: OutcomeRow, expectedRev: number): Promise<boolean>;
  /** The rows of one shard (0 to 15), in no order; without those that were moved to another user. */
  rowsOf(line: string, shard: number): AsyncIterable<OutcomeRow>;
};
