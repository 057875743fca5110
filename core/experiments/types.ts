import type { Defined } from '../definitions/types.ts';
import type { Json } from '../rules/types.ts';

export type Variant = {
  readonly key: string;
  /** Share of the users in the experiment; all of an experiment add up to 1. */
  readonly weight: number;
  /** A merge patch on the config (`config`), ranking options (`recommendations`), or anything else of the application's. */
  readonly payload?: Readonly<Record<string, unknown>>;
};

export type MetricType = 'binomial' | 'count' | 'revenue' | 'duration';

export type Metric = {
  readonly name: string;
  readonly type: MetricType;
  readonly goal: 'increase' | 'decrease';
  readonly guardrail?: boolean;
  /** Type of the interactions that count; the metric's name where nothing is said. */
  readonly event?: string;
  /** Conversions count for so long after the exposure; 14 where nothing is said. */
  readonly windowDays?: number;
  /** `recommendation`: only what follows from a recommendation that was made under the arm; `user`: whatever the user does. */
  readonly attribution?: 'user' | 'recommendation';
};

export type ExperimentStatus = 'draft' | 'running' | 'paused' | 'completed';

/** How a bandit (`kind: 'bandit'`) moves the weights of new users: core/experiments/bandit. */
export type BanditSettings = {
  /** Least share of the new users that every arm gets, 0-1; .05 where nothing is said. */
  readonly floor?: number;
  /** Users that every arm has before weights move; 100 where nothing is said. */
  readonly burnIn?: number;
  /** Name of the metric that is to be best; the first that is no guardrail where nothing is said. */
  readonly metric?: string;
};

/** What an administrator writes. The first variant is the control. */
export type ExperimentBody = {
  readonly key: string;
  readonly name: string;
  readonly kind: 'ab' | 'bandit';
  readonly variants: readonly Variant[];
  /** Share of the users that take part, 0-1; growing it moves nobody. */
  readonly coverage: number;
  readonly condition?: Json;
  /** Experiments that name the same namespace with disjoint ranges share no user: `[id, start, end)`, 0-1. */
  readonly namespace?: { readonly id: string; readonly start: number; readonly end: number };
  readonly metrics: readonly Metric[];
  readonly bandit?: BanditSettings;
  /** True: the hourly evaluation pauses the experiment where a guardrail is surely harmed. */
  readonly autoStop?: boolean;
  /** ISO 8601 */
  readonly startDate?: string;
  /** ISO 8601 */
  readonly endDate?: string;
  /** True where the end was changed after the begin, perhaps because of what was seen: it is no planned end then. */
  readonly endMoved?: boolean;
  readonly status: ExperimentStatus;
  /** Seed of the buckets; the key unless a new round is to shuffle users anew. */
  readonly seed?: string;
  /** Arms of testers, by user id. */
  readonly forced?: Readonly<Record<string, string>>;
};

export type Experiment = Defined<ExperimentBody>;

/** The arm of one user, or why there is none. */
export type Assignment = {
  readonly key: string;
  readonly experimentId: string;
  readonly inExperiment: boolean;
  /** The control where the user is not in the experiment. */
  readonly variant: string;
  readonly isControl: boolean;
  readonly payload?: Readonly<Record<string, unknown>>;
  /** Probability with which this arm was drawn; for offline evaluation. */
  readonly propensity: number;
  readonly reason: string;
};

/**
 * What is stored of a user who saw arms, by the line of the experiment (`lineOf`: one for each experiment and seed, so that a
 * new seed starts anew): the arm, when it was seen first (ms since the epoch), the probability with which it was drawn.
 */
export type StickyAssignments = Readonly<
  Record<string, readonly [variant: string, exposedAt: number, propensity?: number]>
>;
