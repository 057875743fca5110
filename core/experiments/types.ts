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
};

export type ExperimentStatus = 'draft' | 'running' | 'paused' | 'completed';

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
  /** ISO 8601 */
  readonly startDate?: string;
  /** ISO 8601 */
  readonly endDate?: string;
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

/** What is stored of a user who saw an arm: `[variant, version of the experiment]` by experiment id. */
export type StickyAssignments = Readonly<Record<string, readonly [variant: string, version: number]>>;
