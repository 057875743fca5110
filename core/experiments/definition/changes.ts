import type { DefinitionStore } from '../../definitions/ports.ts';
import type { Change } from '../../definitions/types.ts';
import { sameJson } from '../../same-json.ts';
import type { Experiment, ExperimentBody } from '../types.ts';
import { getExperiment } from './manage-experiments.ts';

/** Versions that are told of an experiment. */
const TOLD = 20;

/** One version of an experiment: who made it, why, and what it changed. */
export type ExperimentChange = {
  readonly version: number;
  readonly action: Change<ExperimentBody>['action'];
  readonly by: string;
  /** ms since the epoch */
  readonly at: number;
  readonly reason?: string;
  readonly status: ExperimentBody['status'] | null;
  /** Names of the parts that differ from the version before; all of the first one. */
  readonly changed: readonly string[];
};

const partsOf = (
  body: ExperimentBody | null | undefined,
): Readonly<Partial<Record<keyof ExperimentBody, unknown>>> => body ?? {};

const changedParts = (change: Change<ExperimentBody>, before: Change<ExperimentBody> | undefined) => {
  const [now, then] = [partsOf(change.body), partsOf(before?.body)];
  const names = new Set([...Object.keys(now), ...Object.keys(then)] as (keyof ExperimentBody)[]);
  return [...names].filter((name) => !sameJson(now[name], then[name])).sort();
};

const changeOf = (
  change: Change<ExperimentBody>,
  before: Change<ExperimentBody> | undefined,
): ExperimentChange => ({
  version: change.version,
  action: change.action,
  by: change.changedBy,
  at: change.changedAt,
  ...(change.reason === undefined ? {} : { reason: change.reason }),
  status: change.body?.status ?? null,
  changed: changedParts(change, before),
});

/**
 * One experiment, by its id or else by its key, and its last 20 changes, newest first.
 *
 * @throws NotFound
 */
export const getExperimentWithChanges = async (
  { experiments }: { readonly experiments: DefinitionStore<ExperimentBody> },
  idOrKey: string,
): Promise<{ readonly experiment: Experiment; readonly changes: readonly ExperimentChange[] }> => {
  const experiment = await getExperiment({ experiments }, idOrKey);
  // One more than is told: what the last one changed shows against the one before.
  const page = { limit: TOLD + 1, below: experiment.version + 1 };
  const versions = await experiments.versions(experiment.id, page);
  const changes = versions.slice(0, TOLD).map((change, at) => changeOf(change, versions[at + 1]));
  return { experiment, changes };
};
