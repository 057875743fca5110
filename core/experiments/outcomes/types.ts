/** Conversions of one user and the sum of their values (`count`: how many, `duration`: ms); `[1, 1]` for binomial metrics. */
export type OutcomeTally = readonly [conversions: number, sum: number];

/** One user in one round of an experiment: the arm that was seen, and what the user did since. */
export type OutcomeRow = {
  /** The experiment and its round, see `lineOf`. */
  readonly line: string;
  readonly userId: string;
  readonly variant: string;
  /** When the arm was seen first, ms since the epoch. */
  readonly exposedAt: number;
  /** Probability with which the arm was drawn. */
  readonly propensity: number;
  /** What the user did before the exposure, by metric; 0 is left out. */
  readonly covariates: Readonly<Record<string, number>>;
  /** By metric; what never happened is left out. */
  readonly metrics: Readonly<Record<string, OutcomeTally>>;
  /** Hashes of the conversions counted last, oldest first, see `conversionKey`. */
  readonly keys: readonly number[];
  /** Arms that the same person saw besides, under another id. */
  readonly otherArms: readonly string[];
  /** Ids whose rows went into this one. */
  readonly mergedFrom: readonly string[];
  /** The user that this anonymous id turned out to be: the row does not count any more. */
  readonly movedTo?: string;
  /** Of the row, from 1. */
  readonly rev: number;
  /** ms since the epoch */
  readonly expiresAt: number;
};
