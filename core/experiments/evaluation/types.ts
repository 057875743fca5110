import type { ExperimentCounts, Verdict } from '../results/types.ts';

/** What was counted of one round of an experiment. Results follow from it: see `evaluateExperiment`. */
export type Evaluation = {
  readonly experimentId: string;
  /** Of the experiment, when it was counted. */
  readonly version: number;
  /** ms since the epoch */
  readonly evaluatedAt: number;
  readonly counts: ExperimentCounts;
  /** No conversion can count any more: it is never counted again, also when the users' rows have expired. */
  readonly isFinal: boolean;
};

/** One hourly evaluation, condensed. */
export type PastEvaluation = {
  /** ms since the epoch */
  readonly evaluatedAt: number;
  readonly verdict: Verdict;
  readonly arms: readonly {
    readonly variant: string;
    readonly users: number;
    readonly weight: number;
    /** Of the first metric; null where the experiment has none. */
    readonly mean: number | null;
  }[];
};
