import type { Decision } from '../decisions/ports.ts';
import type { GenerationMemory } from '../generation/types.ts';
import type { Behaviour } from '../profile/behaviour.ts';
import type { StoredProfile } from '../profile/stored-profile.ts';
import type { CountedInteraction, Interaction } from '../profile/types.ts';

/** Folds counted interactions into a behaviour without changing it. Must be commutative and associative. */
export type Fold = (behaviour: Behaviour, counted: readonly CountedInteraction[]) => Behaviour;

/**
 * What is committed for one user. `seq` is the number of the last page folded into `behaviour` (0: none yet).
 * Facts are hashes (see `factHash`) of what is known: ids, sessions, contents seen. Times are ms since the epoch.
 */
export type JournalState = {
  readonly seq: number;
  /** Counts rewrites that consume no page (recompute), so that a writer holding the older behaviour cannot win. */
  readonly revision: number;
  readonly behaviour: Behaviour | undefined;
  /** Interactions counted since the last reset. */
  readonly counted: number;
  /** Latest `occurredAt` of anything counted since the last reset; 0 when there is none. */
  readonly newestAt: number;
  /** In ledger runs, in the order in which they were learned. */
  readonly sealedFacts: readonly number[];
  /** Not yet sealed: they travel with the behaviour. */
  readonly openFacts: readonly number[];
  /** The last hour for which the user's activity is marked, see `activityHour`; empty when none. */
  readonly markedHour: string;
  /** Interactions received before this moment were forgotten on request; 0 when never. */
  readonly resetAt: number;
  /** Pages up to this one were forgotten. */
  readonly resetSeq: number;
};

/** One batch of interactions of one user, written ahead of the fold. Once written it never changes. */
export type JournalPage = {
  readonly seq: number;
  /** When the page was written, ms: its activity belongs to this hour. */
  readonly recordedAt: number;
  /** No interaction of an older page occurred after this moment; lets a reader stop early. */
  readonly newestBefore: number;
  readonly interactions: readonly Interaction[];
};

/** A piece of the ledger: facts `n * FACTS_PER_RUN` and following, as known once page `throughSeq` is folded. */
export type FactRun = { readonly n: number; readonly throughSeq: number; readonly facts: readonly number[] };

/** Which state a write was computed from; it must still be the committed one. */
export type Expected = { readonly seq: number; readonly revision: number };

export type PageRange = {
  readonly userId: string;
  /** First and last page, both included. */
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly order: 'oldest first' | 'newest first';
};

/**
 * The store that the journal needs. All reads see every write that was acknowledged before (strong consistency);
 * all writes are idempotent or conditional, so that each may be repeated or cut off.
 */
export type JournalStore = {
  /** The committed state; an empty one for an unknown user. */
  load(userId: string): Promise<JournalState>;
  /** Writes a page unless its slot is taken. Answers whether it did. */
  putPage(userId: string, page: JournalPage, expiresAt: number): Promise<boolean>;
  getPage(userId: string, seq: number): Promise<JournalPage | undefined>;
  /** Pages in a range, one after the other, read as far as the caller walks. */
  pages(range: PageRange): AsyncIterable<JournalPage>;
  deletePages(userId: string, throughSeq: number): Promise<void>;
  /** Writes a ledger run unless a newer one (greater `throughSeq`), or one of the same page and as long, is there. */
  putRun(userId: string, run: FactRun): Promise<void>;
  /** Deletes the runs written up to page `throughSeq`. */
  deleteRuns(userId: string, throughSeq: number): Promise<void>;
  /** Notes that the user was active in that hour. */
  markActive(userId: string, hour: string): Promise<void>;
  /** Replaces the committed state if it is still the expected one. Answers whether it did. */
  commit(userId: string, next: JournalState, expected: Expected): Promise<boolean>;
};

/** What jobs read across users, and how a bulk worker marks activity of many users with one write. */
export type ActivityStore = {
  /** Written before the users of a message are folded, who then need no mark of their own. */
  markBatch(hour: string, batchId: string, userIds: readonly string[]): Promise<void>;
  /** Every user active in the hour, each once. */
  usersActiveIn(hour: string): AsyncIterable<string>;
  /**
   * Every user of whom something is recorded, in `totalSegments` parts; with traces of decisions where they are asked
   * for. For the night only: it reads the whole table.
   */
  scanUsers(
    segment: number,
    totalSegments: number,
    options?: { readonly decisions?: boolean },
  ): AsyncIterable<StoredUser>;
};

/** One user as the night's scan brings them; eventually consistent, one in memory at a time. */
export type StoredUser = {
  readonly userId: string;
  readonly profile: StoredProfile | undefined;
  /** Without its sealed facts; empty for a user of whom only a page is written ahead. */
  readonly state: JournalState;
  /** Oldest first. */
  readonly pages: readonly JournalPage[];
  /** Traces of decisions that have not expired, in any order; absent where they were not asked for. */
  readonly decisions?: readonly Decision[];
  /** What is remembered of generations, where there are any and traces were asked for. */
  readonly generations?: GenerationMemory;
};

/** Answers whether something is known of the user: each look-up is one hash and one set access. */
export type Membership = {
  seen(contentId: string): boolean;
  completed(contentId: string): boolean;
  dismissed(contentId: string): boolean;
};
