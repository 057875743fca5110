import { FACTS_PER_RUN } from './packed-facts.ts';
import type { FactRun, JournalState } from './ports.ts';

/**
 * More open facts than this are sealed. Small enough that the behaviour item keeps its size, large enough that a run
 * is written for about every twentieth interaction only.
 */
export const OPEN_FACTS = 48;

/** The limit in the one interaction of an hour that also pays for its activity mark: a later one seals. */
export const OPEN_FACTS_WHEN_MARKING = 64;

/** A state with its open facts moved to the ledger, and the runs that must be stored before it is committed. */
export type Sealed = { readonly state: JournalState; readonly runs: readonly FactRun[] };

const runsFrom = (first: number, facts: readonly number[], throughSeq: number): FactRun[] => {
  const runs: FactRun[] = [];
  for (let n = first; n * FACTS_PER_RUN < facts.length; n += 1) {
    runs.push({ n, throughSeq, facts: facts.slice(n * FACTS_PER_RUN, (n + 1) * FACTS_PER_RUN) });
  }
  return runs;
};

/**
 * How many facts the ledger shall hold: all, or only up to the end of a run where few remain behind it, so that one
 * interaction never pays for two runs.
 */
const sealedCount = (state: JournalState, limit: number): number => {
  const all = state.sealedFacts.length + state.openFacts.length;
  if (state.openFacts.length <= limit) return state.sealedFacts.length;
  const endOfRun = all - (all % FACTS_PER_RUN);
  return endOfRun > state.sealedFacts.length && all - endOfRun <= OPEN_FACTS ? endOfRun : all;
};

/**
 * Moves open facts to the ledger when there are more than `limit`. The ledger is a list that only grows, cut into runs
 * of a fixed length; the last, unfinished run is rewritten. Content and `throughSeq` must follow from the state and its
 * last page alone: then a repeated write changes nothing, and a late one from an older state is refused by its lower
 * `throughSeq`.
 */
export const sealFacts = (state: JournalState, limit = OPEN_FACTS): Sealed => {
  const count = sealedCount(state, limit);
  if (count === state.sealedFacts.length) return { state, runs: [] };
  const facts = [...state.sealedFacts, ...state.openFacts];
  const first = Math.floor(state.sealedFacts.length / FACTS_PER_RUN);
  const sealedFacts = facts.slice(0, count);
  return {
    state: { ...state, sealedFacts, openFacts: facts.slice(count) },
    runs: runsFrom(first, sealedFacts, state.seq),
  };
};
