import { OUTCOME_SHARDS, type OutcomeStore } from '../outcomes/ports.ts';
import { outcomeCounter } from '../results/outcome-counter.ts';
import type { ExperimentCounts } from '../results/types.ts';
import type { ExperimentBody } from '../types.ts';

/** Shards that are read side by side: unpacking them keeps one processor busy. */
const AT_ONCE = 4;

const range = (length: number): number[] => Array.from({ length }, (_, at) => at);

/**
 * Counts everything that users of one round did, from their rows: the same for every order, so that it may be repeated at any time.
 * Users who saw several arms are counted apart; testers, who may have been drawn before they were named, not at all. Undefined where there are more than `most` users.
 */
export const countOutcomes = async (
  outcomes: Pick<OutcomeStore, 'rowsOf'>,
  line: string,
  body: Pick<ExperimentBody, 'variants' | 'metrics' | 'forced'>,
  most = Number.POSITIVE_INFINITY,
): Promise<ExperimentCounts | undefined> => {
  const counter = outcomeCounter(body);
  const testers = new Set(Object.keys(body.forced ?? {}));
  const waiting = range(OUTCOME_SHARDS);
  let [users, multipleExposures] = [0, 0];
  const readShard = async (shard: number): Promise<void> => {
    for await (const row of outcomes.rowsOf(line, shard)) {
      users += 1;
      if (users > most) return;
      if (testers.has(row.userId)) continue;
      if (row.otherArms.length > 0) multipleExposures += 1;
      else counter.add(row);
    }
  };
  const worker = async (): Promise<void> => {
    for (let shard = waiting.shift(); shard !== undefined && users <= most; shard = waiting.shift())
      await readShard(shard);
  };
  await Promise.all(range(AT_ONCE).map(worker));
  return users > most ? undefined : counter.counts(multipleExposures);
};
