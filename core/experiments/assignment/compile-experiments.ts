import type { DefinitionSet } from '../../definitions/types.ts';
import { readsOf } from '../../rules/conditions/reads-of.ts';
import type { Check, ConditionEngine } from '../../rules/types.ts';
import { type BucketRange, bucketRanges } from '../bucketing.ts';
import { type ExperimentTarget, targetsOf } from '../definition/targets.ts';
import { lineOfRound, seedOf } from '../rounds.ts';
import type { Experiment, ExperimentBody } from '../types.ts';

/** An experiment with everything parsed that an assignment asks for. */
export type CompiledExperiment = {
  readonly experiment: Experiment;
  /** Key of the stored arms. */
  readonly line: string;
  readonly seed: string;
  readonly ranges: readonly BucketRange[];
  /** ms since the epoch; -Infinity, Infinity where nothing is said. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** Undefined where everybody may take part. */
  readonly meets: Check | undefined;
  /** Where its arms are shown. */
  readonly targets: ReadonlySet<ExperimentTarget>;
};

/** All experiments of one moment, ready to assign. */
export type CompiledExperimentSet = {
  /** Of the definitions. */
  readonly version: number;
  /** Paths that conditions of running experiments read, sorted. */
  readonly reads: readonly string[];
  /** Oldest first, also those that do not run. */
  readonly experiments: readonly CompiledExperiment[];
};

const timeOf = (iso: string | undefined, otherwise: number): number =>
  iso === undefined ? otherwise : Date.parse(iso);

/** Parses and compiles one experiment. */
export const compileExperiment = (experiment: Experiment, engine: ConditionEngine): CompiledExperiment => {
  const { body } = experiment;
  const weights = body.variants.map(({ weight }) => weight);
  return {
    experiment,
    line: lineOfRound(experiment),
    seed: seedOf(body),
    ranges: bucketRanges(weights.length, body.coverage, weights),
    startsAt: timeOf(body.startDate, Number.NEGATIVE_INFINITY),
    endsAt: timeOf(body.endDate, Number.POSITIVE_INFINITY),
    meets: body.condition === undefined ? undefined : engine.compile(body.condition),
    targets: targetsOf(body),
  };
};

const runningReads = (set: DefinitionSet<ExperimentBody>): string[] => {
  const running = set.defined.filter(({ body }) => body.status === 'running');
  const paths = running.flatMap(({ body }) => (body.condition === undefined ? [] : readsOf(body.condition)));
  return [...new Set(paths)].sort();
};

/** Parses and compiles a set of experiments once, for every assignment until the next change. */
export const compileExperiments = (
  set: DefinitionSet<ExperimentBody>,
  engine: ConditionEngine,
): CompiledExperimentSet => ({
  version: set.version,
  reads: runningReads(set),
  experiments: set.defined.map((experiment) => compileExperiment(experiment, engine)),
});
