import type { AchievementState } from '../achievements/types.ts';
import type { ConfigHeads } from '../decisions/ports.ts';
import type { StickyAssignments } from '../experiments/types.ts';
import type { JournalState } from '../journal/ports.ts';
import type { Precomputed } from '../recommend/ports.ts';
import type { StoredProfile } from './stored-profile.ts';

/** Everything about one user, from one Query. */
export type LoadedUser = {
  readonly profile: StoredProfile | undefined;
  /** Pass it to `recordInteractions` as `loaded` to save a round trip. Its `behaviour` is undefined for a new user. */
  readonly journal: JournalState;
  /** Hashes of sealed and open facts, for `membership`. Empty where the ledger was not asked for. */
  readonly facts: ReadonlySet<number>;
  readonly precomputed: Precomputed | undefined;
  /** Arms of experiments that the user saw; absent where there are none. */
  readonly sticky?: StickyAssignments;
  /** What is kept of achievements, and the days with something done; absent where there is nothing. */
  readonly achievements?: AchievementState;
  /** Only with the part `config`. */
  readonly config?: ConfigMemory;
  /** Read units consumed. */
  readonly units: number;
};

/** What a config decision builds on besides the profile and the behaviour. */
export type ConfigMemory = {
  /** Arms that the user saw. */
  readonly sticky: StickyAssignments;
  /** The last decisions, by context. */
  readonly heads: ConfigHeads;
};

/**
 * How much to read: `head` is profile and behaviour, `config` adds arms and the last config decisions; `ledger` is `head` with
 * the facts, `all` adds the precomputed list. Only the last two hold enough for `recordInteractions`.
 */
export type UserParts = 'head' | 'config' | 'ledger' | 'all';

export type UsersStore = {
  /** `consistent` (default true) sees every earlier write at twice the price. */
  load(
    userId: string,
    options?: { parts?: UserParts; consistent?: boolean; now?: number },
  ): Promise<LoadedUser>;
};

export type ProfileStore = {
  get(userId: string): Promise<StoredProfile | undefined>;
  /**
   * Replaces the profile if the stored version is `expectedVersion` (0: none is stored).
   * @throws Conflict when somebody else changed it first
   */
  put(profile: StoredProfile, expectedVersion: number): Promise<void>;
};
