/** Kinds of facts; `FACT_FIELDS` says what each holds. */
export type FactKind = keyof typeof FACT_FIELDS;

/**
 * Fields of a fact by kind: `names` come from users and applications (titles, features, types) and are trusted nowhere; `words` are the
 * engine's own; `numbers` are as they are shown: shares as whole percent, everything else rounded; `dates` are ISO dates. A field in
 * `optional` may be missing. Templates, prompts and the check of generated texts go by this list.
 */
export const FACT_FIELDS = {
  /** A market or topic the user works in, and how many items of the catalogue are about it (`fresh`: of the last 30 days). */
  focus: { names: ['focus'], words: [], numbers: ['items', 'fresh'] },
  /** An item that rises among all users. `near`: whether it is about the user's focus or interests (`focus` or `interest`), or `no`. */
  trend: {
    names: ['title', 'contentId', 'contentType'],
    words: ['near'],
    numbers: ['rank'],
    optional: ['about'],
  },
  /** A feature that is used: `frequent`, `occasional`, or `lapsed` (not for 14 days). */
  feature: { names: ['feature'], words: ['use'], numbers: ['uses', 'daysSince'] },
  /**
   * How a type of content went: `liked`, `disliked` or `mixed`. `percent` is the share of successes among `successes` and `failures`, to
   * which dismissed recommendations belong: no share of what was opened.
   */
  content: { names: ['contentType'], words: ['liking'], numbers: ['successes', 'failures', 'percent'] },
  /**
   * A goal. `pace`: `ahead`, `on track`, `behind`, `done`, `overdue`, or `open` where there is no date or nothing is measured. Numbers
   * only where it is measured against a target (`left` = target - current); `daysLeft` only where it is due.
   */
  goal: {
    names: ['title'],
    words: ['term', 'pace', 'measured'],
    numbers: [],
    optional: ['metric', 'unit', 'current', 'target', 'percent', 'left', 'daysLeft', 'due'],
  },
  /** Everything the user did. `trend` of the last 7 days against those before: `rising`, `falling`, `steady`, `new`, `away` (not for 7 days). */
  activity: {
    names: [],
    words: ['trend'],
    numbers: ['interactions', 'thisWeek', 'lastWeek', 'daysSince', 'sessions'],
    optional: ['medianMinutes'],
  },
  /** One of the last things done, `what` in words. */
  recent: { names: ['what'], words: [], numbers: ['hoursAgo'], optional: ['title', 'contentId', 'feature'] },
  /** A sequence of actions that is repeated. */
  pattern: { names: ['sequence', 'next'], words: [], numbers: ['times', 'percent'] },
  /** What the user does next, likeliest first. */
  next: { names: ['action'], words: [], numbers: ['percent'] },
  segment: { names: [], words: ['segment'], numbers: ['percent'] },
  /** Risk of not coming back: `low`, `medium`, `high`; `factor` is what speaks for it most. */
  churn: { names: [], words: ['risk', 'factor'], numbers: ['percent'] },
  /** Money expected of the user within `days`. */
  value: { names: [], words: [], numbers: ['expected', 'days'] },
  /** `level` of skill, `engagement` 1-5, `score` 0-100 of how well the user is known. */
  standing: { names: [], words: ['level'], numbers: ['engagement', 'score'] },
  /** Days in a row with something done, in the user's zone. `today`: whether today counts already. */
  streak: { names: [], words: ['today'], numbers: ['days'] },
  /** A topic with results: `weak`, `growing` or `mastered`; `percent` of mastery. */
  skill: { names: ['topic'], words: ['state'], numbers: ['percent', 'results'] },
  /** The hour (of the user's zone) at which most is done. */
  hour: { names: [], words: [], numbers: ['hour', 'percent'] },
  device: { names: ['device'], words: [], numbers: ['percent'] },
  /** Something that the user said to be interested in. */
  interest: { names: ['interest'], words: [], numbers: [] },
  /**
   * The questionnaire about a project; absent for users who never sent one. `state`: `none`, `some` or `complete` (all questions
   * answered); `percent` is its score (core/questionnaire/score.ts).
   */
  answers: { names: [], words: ['state'], numbers: ['percent'] },
  /** Items of the catalogue that the user began and did not finish. */
  unfinished: { names: ['title', 'contentId', 'contentType'], words: [], numbers: ['daysSince'] },
  /** What the user wrote lately about something. `mood`: `positive`, `negative`, `neutral`. */
  feedback: { names: ['text'], words: ['mood'], numbers: [] },
  /** Nothing is known of the user yet. */
  unknown: { names: [], words: [], numbers: [] },
  /** Where a suggestion is asked for. */
  page: { names: ['page', 'title'], words: [], numbers: [] },
  /** `morning`, `afternoon`, `evening`, `night`. */
  time: { names: [], words: ['time'], numbers: [] },
  /** How far the profile is filled in. */
  completion: { names: [], words: [], numbers: ['percent'] },
  /** One of the last actions that the application names with its request. */
  action: { names: ['action'], words: [], numbers: ['times'] },
} as const satisfies Record<string, FactFields>;

export type FactFields = {
  readonly names: readonly string[];
  readonly words: readonly string[];
  readonly numbers: readonly string[];
  readonly optional?: readonly string[];
};

/** Something that is known of the user (or of the market), with an id by which texts rest on it: `goal1`, `churn1`. */
export type Fact = {
  readonly id: string;
  readonly kind: FactKind;
  /** The fact as a sentence in English, for reasons. Holds its names and its numbers. */
  readonly says: string;
  readonly names: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
  readonly numbers: Readonly<Record<string, number>>;
  /** `2026-12-01` */
  readonly dates: Readonly<Record<string, string>>;
};

/** All that a text about a user may rest on; no id, name or address of the user is in it. */
export type FactSheet = {
  readonly facts: readonly Fact[];
  /**
   * 16 hex digits of what the facts mean: small changes of numbers leave it as it is, so that a text stays good while what it says is
   * still so.
   */
  readonly hash: string;
  /** ms since the epoch */
  readonly takenAt: number;
};
