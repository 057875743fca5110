/** What is kept of a user's achievements beside the tallies by which they are measured. Times in ms since the epoch. */
export type AchievementState = {
  /** When each was unlocked, by key (`achievementKey`). */
  readonly unlocked: Readonly<Record<string, number>>;
  readonly claimed: Readonly<Record<string, number>>;
  /** Keys of those that were unlocked and not told of yet. */
  readonly untold: readonly string[];
  /** Days (of the user's zone) with something done, newest 400, as numbers since the epoch. */
  readonly days: ActiveDays;
};

/** `newest`: days since the epoch; bit i of `mask` (little end first) is the day `newest - i`. Empty where there is no day. */
export type ActiveDays = { readonly newest: number; readonly mask: Uint8Array };

export const noDays: ActiveDays = { newest: 0, mask: new Uint8Array() };

export const noAchievements: AchievementState = { unlocked: {}, claimed: {}, untold: [], days: noDays };

/** Under which an achievement is kept: two products may give the same id to different things. */
export const achievementKey = (domain: string, achievementId: string): string => `${domain}/${achievementId}`;

export type AchievementStore = {
  /** Sees every write that was acknowledged before. */
  get(userId: string): Promise<AchievementState>;
  /**
   * Adds days: a union, whatever came before, in any order. Answers the state afterwards.
   * @throws Conflict when other writers of the user kept winning
   */
  addDays(userId: string, days: readonly number[]): Promise<AchievementState>;
  /** True for whoever unlocked it first; it is untold then. */
  unlock(userId: string, key: string, at: number): Promise<boolean>;
  /** Notes that it was told of. */
  told(userId: string, key: string): Promise<void>;
  /** `locked` where it is not unlocked, `claimed` where somebody claimed it before. */
  claim(userId: string, key: string, at: number): Promise<'done' | 'locked' | 'claimed'>;
  /** Forgets everything. */
  remove(userId: string): Promise<void>;
};

/** A streak in the user's zone. A freeze keeps it over one day without anything done. */
export type Streak = {
  /** Days with something done; those that a freeze filled do not count. */
  readonly length: number;
  readonly longest: number;
  /** Freezes that are left, and how many the streak has used. */
  readonly freezes: number;
  readonly frozen: number;
  readonly today: boolean;
  /** When it ends unless something is done, ms since the epoch; null where there is none. */
  readonly expiresAt: number | null;
};
