import { Conflict } from '../errors.ts';
import { type Behaviour, emptyBehaviour } from '../profile/behaviour.ts';
import type { Interaction } from '../profile/types.ts';
import { commitPage, markActivity } from './commit-page.ts';
import { cutBatches } from './cut-batches.ts';
import { countFresh, knownFacts } from './fold-page.ts';
import type { Fold, JournalPage, JournalState, JournalStore } from './ports.ts';

export type RecordInteractions = {
  readonly store: JournalStore;
  readonly fold: Fold;
  readonly userId: string;
  readonly interactions: readonly Interaction[];
  /** ms since the epoch */
  readonly now: number;
  /** How long pages are kept, ms. */
  readonly retentionMs: number;
  /** The user's state where the caller has read it already; a stale one costs a round trip, never correctness. */
  readonly loaded?: JournalState;
  /** True where `ActivityStore.markBatch` has marked this user for the hour of `now`. */
  readonly marked?: boolean;
  /** Waits before attempt 2, 3, ...: the caller brings jitter. */
  readonly pause?: (attempt: number) => Promise<void>;
};

export type Recorded = {
  readonly behaviour: Behaviour;
  /** Interactions that this call brought in. */
  readonly counted: number;
  /** Left out: counted before, repeated in the list, or received before the user's reset. */
  readonly duplicates: number;
  readonly seq: number;
};

/** Attempts per batch. Each failed one means that another writer of the same user got through. */
const ATTEMPTS = 12;

type Outcome = { readonly state: JournalState; readonly counted: number };

/** Writes the page and, side by side, the mark; answers whether the page's slot was free. */
const placePage = async (params: RecordInteractions, state: JournalState, page: JournalPage) => {
  const { store, userId, now, retentionMs, marked } = params;
  const [placed] = await Promise.all([
    store.putPage(userId, page, now + retentionMs),
    marked ? undefined : markActivity(store, userId, state, page),
  ]);
  return placed;
};

/** Finishes the page that another writer wrote and has not committed, unless they did so meanwhile. */
const rollForward = async (params: RecordInteractions, stale: JournalState): Promise<JournalState> => {
  const { store, fold, userId } = params;
  const state = await store.load(userId);
  if (state.seq !== stale.seq) return state;
  const page = await store.getPage(userId, state.seq + 1);
  if (!page) return state;
  await markActivity(store, userId, state, page);
  return (await commitPage({ store, fold, userId, state, page })) ?? (await store.load(userId));
};

/** After a lost commit: the page was folded by a helper, unless a reset has swept it away. */
const afterLostCommit = async (params: RecordInteractions, page: JournalPage) => {
  const state = await params.store.load(params.userId);
  return { state, folded: state.seq >= page.seq && page.seq > state.resetSeq };
};

/** One attempt: `counted` is undefined where it has to be repeated on the state that is answered. */
const attempt = async (
  params: RecordInteractions,
  state: JournalState,
  batch: readonly Interaction[],
): Promise<{ state: JournalState; counted?: number }> => {
  const { store, fold, userId, now } = params;
  const interactions = countFresh(batch, knownFacts(state), state.resetAt).map(
    ({ firstOfSession: _, ...interaction }) => interaction,
  );
  if (interactions.length === 0) return { state, counted: 0 };
  const page = { seq: state.seq + 1, recordedAt: now, newestBefore: state.newestAt, interactions };
  if (!(await placePage(params, state, page))) return { state: await rollForward(params, state) };
  const next = await commitPage({ store, fold, userId, state, page });
  if (next) return { state: next, counted: interactions.length };
  const lost = await afterLostCommit(params, page);
  return lost.folded ? { state: lost.state, counted: interactions.length } : { state: lost.state };
};

const recordBatch = async (
  params: RecordInteractions,
  loaded: JournalState,
  batch: readonly Interaction[],
): Promise<Outcome> => {
  let state = loaded;
  for (let number = 1; number <= ATTEMPTS; number += 1) {
    const outcome = await attempt(params, state, batch);
    state = outcome.state;
    if (outcome.counted !== undefined) return { state, counted: outcome.counted };
    await params.pause?.(number);
  }
  throw new Conflict('Too many writers changed this user at the same time');
};

/**
 * Counts a user's interactions exactly once in effect, whatever is delivered twice, out of order, side by side, or
 * cut off after any write: each batch is written ahead as a page in the next free slot, then folded and committed on
 * condition that nothing else was (docs/adr/0003-journal.md).
 *
 * @throws Conflict when other writers kept winning; the whole call may be repeated
 */
export const recordInteractions = async (params: RecordInteractions): Promise<Recorded> => {
  let state = params.loaded ?? (await params.store.load(params.userId));
  let counted = 0;
  for (const batch of cutBatches(params.interactions)) {
    const outcome = await recordBatch(params, state, batch);
    state = outcome.state;
    counted += outcome.counted;
  }
  return {
    behaviour: state.behaviour ?? emptyBehaviour(),
    counted,
    duplicates: params.interactions.length - counted,
    seq: state.seq,
  };
};
