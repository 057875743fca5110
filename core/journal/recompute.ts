import { Conflict } from '../errors.ts';
import { type Behaviour, emptyBehaviour } from '../profile/behaviour.ts';
import { emptyState } from './empty-state.ts';
import { foldPage, knownFacts } from './fold-page.ts';
import type { Fold, JournalState, JournalStore } from './ports.ts';

export type Recompute = { readonly store: JournalStore; readonly fold: Fold; readonly userId: string };

export type Recomputed = {
  readonly behaviour: Behaviour;
  readonly seq: number;
  /** Interactions that were found and counted. */
  readonly counted: number;
  /** False where pages have passed their retention: the behaviour then covers what is still stored. */
  readonly complete: boolean;
};

const ATTEMPTS = 5;

type Rebuilt = { readonly state: JournalState; readonly pages: number };

/** Folds every stored page of the committed state from nothing. */
const rebuild = async ({ store, fold, userId }: Recompute, committed: JournalState): Promise<Rebuilt> => {
  const { seq, resetSeq, resetAt } = committed;
  let state: JournalState = { ...emptyState, seq: resetSeq, resetSeq, resetAt };
  const known = knownFacts(state);
  let pages = 0;
  for await (const page of store.pages({
    userId,
    fromSeq: resetSeq + 1,
    toSeq: seq,
    order: 'oldest first',
  })) {
    state = { ...foldPage(state, page, fold, known), openFacts: [] };
    pages += 1;
  }
  return { state, pages };
};

/**
 * Rebuilds a user's behaviour from the stored interactions. As long as none has passed its retention, the answer
 * equals what folding them one by one gave. Facts stay, so that what was counted once is never counted again.
 *
 * @throws Conflict when the user's interactions kept coming in faster than they could be folded again
 */
export const recompute = async (params: Recompute): Promise<Recomputed> => {
  for (let number = 1; number <= ATTEMPTS; number += 1) {
    const committed = await params.store.load(params.userId);
    const { state, pages } = await rebuild(params, committed);
    const behaviour = state.behaviour ?? emptyBehaviour();
    const next = { ...committed, revision: committed.revision + 1, behaviour, counted: state.counted };
    const done = committed.seq === 0 || (await params.store.commit(params.userId, next, committed));
    const complete = pages === committed.seq - committed.resetSeq;
    if (done) return { behaviour, seq: committed.seq, counted: state.counted, complete };
  }
  throw new Conflict('The user was too active to be recomputed');
};
