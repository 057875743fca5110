/** What a flag may hold: OpenFeature's boolean, string, number and structure; lists are structures. */
export type FlagValue = boolean | string | number | readonly unknown[] | { readonly [key: string]: unknown };

/** Reasons of OpenFeature (specification 1.4, "Resolution Details") that are given here. */
export type FlagReason = 'DEFAULT' | 'TARGETING_MATCH' | 'SPLIT' | 'DISABLED';

/** OpenFeature takes in nothing nested here. */
export type FlagMetadata = Readonly<Record<string, boolean | string | number>>;

/** An evaluated flag in the words of OFREP 0.3 (`evaluationSuccess`). */
export type FlagEvaluation = {
  readonly key: string;
  /** Left out where the application's own default is to serve (`codeDefaultFlag` of OFREP 0.3). */
  readonly value?: FlagValue;
  readonly reason: FlagReason;
  readonly variant: string;
  readonly metadata: FlagMetadata;
};

/** OpenFeature's evaluation context: who (`targetingKey`), where, on what, and whatever else the application knows. */
export type EvaluationContext = {
  readonly targetingKey: string;
  /** Place that asks, as in `POST /personalization/config`. */
  readonly context?: string;
  readonly device?: string | { readonly type: string };
  readonly locale?: string;
  /** Recommendation slots that a bulk evaluation is to bring along: `hybrid` or `["hybrid", "trending"]`. */
  readonly recommendations?: string | readonly string[];
  readonly [attribute: string]: unknown;
};
