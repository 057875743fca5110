/** Something new for a user, so that an application need not ask for everything again. */
export type Update = {
  /** Sorts by time: a ULID. */
  readonly id: string;
  readonly kind: 'recommendations' | 'achievement' | 'insights';
  /** ms since the epoch */
  readonly at: number;
  /** What it is about: an achievement's id, a domain, a model. */
  readonly about: string;
  readonly title: string;
};

export type UpdateStore = {
  /** Kept for 7 days. */
  put(userId: string, update: Update): Promise<void>;
  /** What is newer than `since` (ms since the epoch), oldest first, at most 100; half a read unit where there is nothing. */
  since(userId: string, since: number, now: number): Promise<Update[]>;
  remove(userId: string): Promise<void>;
};
