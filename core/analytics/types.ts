import type { Decision } from '../decisions/ports.ts';
import type { PopulationOutcomes } from '../generation/types.ts';
import type { Behaviour } from '../profile/behaviour.ts';
import type { CountedInteraction } from '../profile/types.ts';
import type { JudgedDecision, RulesCounts } from '../rules/performance/types.ts';
import type { Period } from './periods.ts';

/** One user as the aggregation counts them. */
export type CountableUser = {
  readonly userId: string;
  readonly behaviour: Behaviour;
  /** Everything that is still stored and occurred before the run, each once, oldest first. */
  readonly interactions: readonly CountedInteraction[];
  /** Traces of all kinds of decisions before the run, oldest first. */
  readonly decisions: readonly Decision[];
  /** The config decisions among them, run again with the rules of their time; those that cannot be are left out. */
  readonly judged: readonly JudgedDecision[];
  /** Named segments with a confidence of .5 at least, and the learned one (`learned:<name>`), at the moment of the run. */
  readonly segments: readonly string[];
};

/** What is counted of a day from interactions. */
export type ActivityCount =
  | 'active'
  | 'new'
  | 'interactions'
  | 'sessions'
  /** Length of the sessions that began, s. */
  | 'seconds'
  /** Interactions that tell about engagement, and the sum of theirs in thousandths. */
  | 'telling'
  | 'engagement'
  | 'started'
  | 'progressed'
  | 'completed';

/** What is counted of a day from traces, which are kept for 30 days only. */
export type DecisionCount =
  | 'answers'
  | 'shown'
  | 'clicked'
  | 'converted'
  | 'dismissed'
  | 'unattributed'
  | 'decisions'
  | 'exposures'
  | 'conversions';

export type DayCount = ActivityCount | DecisionCount;

export type DayCounts = { readonly [name in DayCount]?: number };

/** Users of one segment who were active in the last 30 days, and what they did in that time. */
export type SegmentCounts = {
  readonly users?: number;
  readonly converted?: number;
  /** Users of whom engagement is known; sum of their means in thousandths, and of the squares in millionths. */
  readonly engaged?: number;
  readonly engagement?: number;
  readonly engagementSquared?: number;
};

/** Everything that is counted, of one user, a shard or all: only sums of whole numbers, so that any order gives the same. */
export type Counters = {
  /** Users counted, and those left out by reason. */
  readonly users?: number;
  readonly leftOut?: { readonly consent?: number };
  readonly days?: { readonly [day: string]: DayCounts };
  /** Each user once in each period. */
  readonly periods?: { readonly [period in Period]?: { readonly active?: number; readonly new?: number } };
  readonly segments?: { readonly [segment: string]: SegmentCounts };
  /** All users who were active in the last 30 days. */
  readonly everyone?: SegmentCounts;
  /** What `countRules` counts. */
  readonly rules?: RulesCounts;
  /** Outcomes of generations, see `countGenerations`. */
  readonly generation?: PopulationOutcomes;
};

/**
 * Runs a user's config decisions again with the rules of their time, which it may have to read. It is given traces of all
 * kinds and answers for those of configs; one that cannot be run again is left out.
 */
export type JudgeDecisions = (
  userId: string,
  decisions: readonly Decision[],
) => Promise<readonly JudgedDecision[]>;

/** What is kept of an aggregation for questions about time: a row per day, oldest first. */
export type ActivityReport = {
  readonly runId: string;
  /** ms since the epoch: the moment of the run, up to which everything is counted. */
  readonly asOf: number;
  readonly users: number;
  readonly leftOut: { readonly consent: number };
  /** Days without a row had nothing to count. */
  readonly days: readonly (readonly [day: string, counts: DayCounts])[];
  readonly periods: { readonly [period in Period]: { readonly active: number; readonly new: number } };
};

export type SegmentsReport = {
  readonly runId: string;
  /** ms since the epoch */
  readonly asOf: number;
  readonly segments: { readonly [segment: string]: SegmentCounts };
  readonly everyone: SegmentCounts;
};

/** Counters of every version of every rule, of decisions in the 30 days before `asOf`, see `periodUntil`. */
export type RulesReport = {
  readonly runId: string;
  /** ms since the epoch */
  readonly asOf: number;
  readonly rules: RulesCounts;
};
