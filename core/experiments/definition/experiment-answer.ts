import type { Experiment } from '../types.ts';
import type { ExperimentChange } from './changes.ts';

const iso = (time: number): string => new Date(time).toISOString();

/** An experiment in the contract's words. */
export const experimentAnswer = ({ id, body, version, createdAt, changedAt, changedBy }: Experiment) => ({
  experimentId: id,
  ...body,
  variants: body.variants.map(({ key, weight, payload }) => ({ key, weight, ...(payload && { payload }) })),
  metrics: [...body.metrics],
  version,
  createdAt: iso(createdAt),
  updatedAt: iso(changedAt),
  changedBy,
});

/** The same with what became of it so far. */
export const changedExperimentAnswer = ({
  experiment,
  changes,
}: {
  readonly experiment: Experiment;
  readonly changes: readonly ExperimentChange[];
}) => ({
  ...experimentAnswer(experiment),
  changes: changes.map(({ changed, at, ...change }) => ({ ...change, changed: [...changed], at: iso(at) })),
});
