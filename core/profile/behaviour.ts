/** `[type, count, value]`: interactions of one type; `value` is the sum of their values in thousandths. */
export type TypeTally = [type: string, count: number, value: number];

/** `[feature, count, weight, lastUsedAt]`: `weight` is the use decayed to `lastUsedAt` (half-life 14 days). */
export type FeatureTally = [feature: string, count: number, weight: number, lastUsedAt: number];

/**
 * `[contentType, count, successes, failures, engagement, finished]`: `engagement` is the sum of 0-1 in thousandths, `finished` the
 * interactions that say that a content is finished (`isFinish`), absent before the first.
 */
export type ContentTypeTally = [
  contentType: string,
  count: number,
  successes: number,
  failures: number,
  engagement: number,
  finished?: number,
];

/** `[device, interactions]` */
export type DeviceTally = [device: string, count: number];

/** `[session, start, length]`: what one session did on one UTC day; start in seconds since the epoch, length in seconds. */
export type SessionDay = [session: number, start: number, length: number];

/** `[at, signal, type, contentId, contentType, feature]`: `signal` in tenths, absent texts are empty. */
export type RecentEntry = [
  at: number,
  signal: number,
  type: string,
  contentId: string,
  contentType: string,
  feature: string,
];

/** `[sum, weight, at]`: engagement (0-1 each) and the number of interactions, both decayed to `at` (half-life 14 days). */
export type DecayedEngagement = [sum: number, weight: number, at: number];

/** `[newest, counts]`: the number of the newest week since the epoch, and 12 counts, newest first. */
export type WeeklyCounts = [newest: number, counts: number[]];

/** `[count, sum]`, the sum in thousandths. */
export type Tally = [count: number, sum: number];

/** `[count, value, firstAt, lastAt]` of payments (`REVENUE_TYPES`): the sum in thousandths, times in ms. */
export type PaymentTally = [count: number, value: number, firstAt: number, lastAt: number];

/**
 * `[topic, results, scores, passes, weight, score, at]`: results of one topic. `scores` is the sum of 0-100 in thousandths, `passes`
 * those of at least `PASS_SCORE`; `weight` results and their `score` (0-1 each) are decayed to `at` (ms, the newest result) with the
 * half-life of core/learning/mastery/mastery-of.ts.
 */
export type SkillTally = [
  topic: string,
  results: number,
  scores: number,
  passes: number,
  weight: number,
  score: number,
  at: number,
];

/** `[kind, results, passes]`: results by content type, where none is named by their own type (`quiz`, `exam`). */
export type ResultTally = [kind: string, results: number, passes: number];

/** `[count, sum]` of the natural logarithms of time taken to time expected, in thousandths. */
export type PaceTally = [count: number, sum: number];

/**
 * Everything that is folded from a user's interactions; JSON, small, rewritten on every interaction (hence the
 * tuples). Lists are sorted, so that equal multisets of interactions give equal values, whatever the order they
 * came in. Sums are integers (thousandths), so that they add up exactly; only decayed weights are floats.
 */
export type Behaviour = {
  interactions: number;
  /** ms since the epoch; null before the first interaction. */
  firstAt: number | null;
  lastAt: number | null;
  /** Completions: see `isCompletion`. */
  completions: number;
  /** All uses of features, those of features that no longer fit in `features` included. */
  featureUses: number;
  types: TypeTally[];
  features: FeatureTally[];
  contentTypes: ContentTypeTally[];
  devices: DeviceTally[];
  /** Interactions by hour of the day (UTC), 24 counts. */
  hours: number[];
  weeks: WeeklyCounts;
  /** Sessions ever, and the newest days of sessions. */
  sessions: number;
  sessionDays: SessionDay[];
  engagement: DecayedEngagement;
  ratings: Tally;
  sentiments: Tally;
  /** Absent before the first payment. */
  payments?: PaymentTally;
  /** The three of learners; absent before the first result, the first pass or fail, the first time that was expected. */
  skills?: SkillTally[];
  results?: ResultTally[];
  pace?: PaceTally;
  /** The newest interactions, newest first, and beyond them the newest with content (see `mergeRecent`). */
  recent: RecentEntry[];
};

/** How much is kept. All limits cut by an order that no later interaction can change (see `keepByPriority`). */
export const LIMITS = {
  types: 64,
  features: 200,
  contentTypes: 64,
  devices: 12,
  sessionDays: 12,
  recent: 24,
  recentWithContent: 12,
  weeks: 12,
  skills: 20,
  results: 12,
} as const;

/** The behaviour of a user who has done nothing yet. */
export const emptyBehaviour = (): Behaviour => ({
  interactions: 0,
  firstAt: null,
  lastAt: null,
  completions: 0,
  featureUses: 0,
  types: [],
  features: [],
  contentTypes: [],
  devices: [],
  hours: new Array<number>(24).fill(0),
  weeks: [0, new Array<number>(LIMITS.weeks).fill(0)],
  sessions: 0,
  sessionDays: [],
  engagement: [0, 0, 0],
  ratings: [0, 0],
  sentiments: [0, 0],
  recent: [],
});
