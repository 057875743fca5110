import { FACTS_PER_RUN } from './packed-facts.ts';
import type { FactRun, JournalState } from './ports.ts';

/**
 * More open facts than this are sealed. Small enough that the behaviour item keeps its size, large enough that a run
 * is written for about every twentieth interaction only.
 */
export const OPEN_FACTS = 48;

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
 * Moves the open facts to the ledger when there are too many of them. The ledger is a list that only grows, cut into
 * runs of a fixed length; the last, unfinished run is rewritten. Content and `throughSeq` follow from the state
 * alone, so a repeated write changes nothing and a late one from an older state is refused by its lower `throughSeq`.
 */
export const sealFacts = (state: JournalState): Sealed => {
  if (state.openFacts.length <= OPEN_FACTS) return { state, runs: [] };
  const facts = [...state.sealedFacts, ...state.openFacts];
  const first = Math.floor(state.sealedFacts.length / FACTS_PER_RUN);
  return { state: { ...state, sealedFacts: facts, openFacts: [] }, runs: runsFrom(first, facts, state.seq) };
};
