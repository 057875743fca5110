import type { Interval } from '../statistics/wilson.ts';
import type { ExperimentBody, MetricType } from '../types.ts';

/** Sums over the users of one arm, one value per user; users without an event count as 0. */
export type Sums = { readonly sum: number; readonly sumSquares: number };

/** What the users of one arm did in one metric. */
export type MetricCounts = Sums & {
  /** What they did before the exposure, and the sum of its products with the metric per user; absent where nobody's is known. */
  readonly covariate?: Sums & { readonly products: number };
  /** The same with every value above `ExperimentCounts.caps` counted as the cap. */
  readonly winsorized?: Sums;
};

export type ArmCounts = {
  readonly variant: string;
  readonly users: number;
  /**
   * Sums of 1 / propensity and of its square, over the users: what the sample ratio is tested with where weights changed while
   * the experiment ran. Absent: the weights of the experiment always held.
   */
  readonly inversePropensity?: Sums;
  /** By name of the metric; a metric that nobody did may be absent. */
  readonly metrics: Readonly<Record<string, MetricCounts>>;
};

/** All that results are computed from. */
export type ExperimentCounts = {
  /** Users who saw one arm; an arm that nobody saw may be absent. */
  readonly arms: readonly ArmCounts[];
  /** Users who saw more than one arm; they are not in `arms`. */
  readonly multipleExposures: number;
  /** Where heavy tails are cut, by name of the metric. */
  readonly caps: Readonly<Record<string, number>>;
};

/** What results need of an experiment. */
export type EvaluatedBody = Pick<
  ExperimentBody,
  'variants' | 'metrics' | 'status' | 'startDate' | 'endDate' | 'endMoved'
>;

export type Verdict =
  | 'keep running'
  | 'winner'
  | 'no difference'
  | 'stop: guardrail'
  | 'invalid: sample ratio';

/** Treated minus control. Intervals without an end, and shares of a control that is not above 0, are null. */
export type Lift = {
  readonly absolute: number;
  readonly interval: Interval | null;
  readonly relative: number | null;
  readonly relativeInterval: Interval | null;
};

/** Always valid: also when somebody looks every day and stops when it pleases. */
export type Sequential = {
  /** Of the absolute difference. */
  readonly interval: Interval | null;
  readonly pValue: number;
  /** The interval leaves out 0. */
  readonly significant: boolean;
};

/** One test of a difference. */
export type Tested = {
  readonly lift: Lift;
  /** Two-sided, for one look at the planned end. */
  readonly pValue: number;
  /** By Benjamini-Hochberg across all metrics and arms of the experiment. */
  readonly adjustedPValue: number;
  /** `adjustedPValue` at or below 1 - confidence. */
  readonly significant: boolean;
  readonly sequential: Sequential;
};

/** An arm against the control. */
export type ArmComparison = Tested & {
  readonly method: 'two-proportion z' | 'Welch t';
  /** Probability that the arm is better than the control (lower, where the goal is to decrease). */
  readonly chanceToWin: number;
  /** What choosing the arm costs on average where it is the worse one, in the metric's unit. */
  readonly expectedLoss: number;
  /** Of the absolute difference. */
  readonly credibleInterval: Interval | null;
  readonly power: {
    /** Chance that an experiment with this many users finds a difference as large as the one seen; null of too few users. */
    readonly now: number | null;
    /** The difference that is found with probability .8. */
    readonly minimumDetectable: { readonly absolute: number | null; readonly relative: number | null };
  };
  /** With what users did before taken out; the verdict rests on it where it is there. */
  readonly cuped?: Tested;
  /** With heavy tails cut at the metric's `cap`. */
  readonly winsorized?: Omit<Tested, 'adjustedPValue' | 'significant'>;
};

export type ArmResult = {
  readonly variant: string;
  readonly isControl: boolean;
  readonly users: number;
  /** Sum over the users: those who converted, of a binomial metric. */
  readonly total: number;
  readonly mean: number;
  readonly standardDeviation: number;
  /** Of the mean: Wilson's, or by Student's t. */
  readonly interval: Interval | null;
  /** Absent for the control. */
  readonly comparison?: ArmComparison;
};

export type MetricResult = {
  readonly name: string;
  readonly type: MetricType;
  readonly goal: 'increase' | 'decrease';
  readonly guardrail: boolean;
  /** What one unit of the covariate explains, and the share of the metric's variance that is gone. */
  readonly cuped?: { readonly theta: number; readonly varianceReduction: number };
  /** Where heavy tails are cut for `winsorized`. */
  readonly cap?: number;
  /** In the order of the experiment's variants. */
  readonly arms: readonly ArmResult[];
};

/** Everything that an experiment tells. All numbers are finite: what cannot be said is null or absent. */
export type Results = {
  readonly verdict: Verdict;
  readonly winner: string | null;
  /** The reason of the verdict in one sentence, with figures. */
  readonly recommendation: string;
  readonly confidence: number;
  readonly control: string;
  /** In one arm. */
  readonly users: number;
  readonly srm: { readonly pValue: number; readonly ok: boolean };
  /** Users who saw more than one arm: left out of all else. */
  readonly multipleExposures: { readonly users: number; readonly share: number; readonly ok: boolean };
  readonly arms: readonly { readonly variant: string; readonly users: number; readonly weight: number }[];
  readonly metrics: readonly MetricResult[];
};
