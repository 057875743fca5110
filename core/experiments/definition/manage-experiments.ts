import {
  changeDefinition,
  createDefinition,
  deleteDefinition,
} from '../../definitions/change-definitions.ts';
import { type Author, EARLIER_KEPT } from '../../definitions/change-of.ts';
import { type DefinitionKind, isInForce } from '../../definitions/definition-kind.ts';
import type { DefinitionStore } from '../../definitions/ports.ts';
import type { Change } from '../../definitions/types.ts';
import { Conflict, DomainError, Invalid, NotFound } from '../../errors.ts';
import { isUsedSeed, seedOf } from '../rounds.ts';
import type { Experiment, ExperimentBody, ExperimentStatus } from '../types.ts';
import { assertEditKeepsResults } from './check-edit.ts';
import { assertKeyFree, experimentFaults } from './check-experiment.ts';

export type ExperimentPorts = {
  readonly experiments: DefinitionStore<ExperimentBody>;
  /** Waits before attempt number 1, 2, ... after another administrator was first. */
  readonly pause?: (attempt: number) => Promise<void>;
};

/** Experiments that there may be at a time. */
export const MOST_EXPERIMENTS = 200;

/** A new round begins from zero: with the seed of an earlier one its arms and its users would come back. */
const assertSeedUnused = async (
  experiments: DefinitionStore<ExperimentBody>,
  before: Experiment,
  body: ExperimentBody,
): Promise<void> => {
  const seed = seedOf(body);
  if (before.body.status === 'draft' || seedOf(before.body) === seed) return;
  const versions = await experiments.versions(before.id, { limit: EARLIER_KEPT });
  if (!isUsedSeed(versions, seed)) return;
  const message = `was the seed of an earlier round: "${seed}" would bring back its arms and its users`;
  throw new DomainError('conflict', 'A new round begins with a new seed', [{ path: 'seed', message }]);
};

const endOf = ({ endDate }: ExperimentBody): number | undefined =>
  endDate === undefined ? undefined : Date.parse(endDate);

/** Whoever moves the end of an experiment that has begun may have seen its results: a new round alone has a planned end again. */
const withEndNoted = (before: ExperimentBody, after: ExperimentBody): ExperimentBody => {
  const { endMoved: _, ...body } = after;
  if (before.status === 'draft' || seedOf(before) !== seedOf(body)) return body;
  return before.endMoved || endOf(before) !== endOf(body) ? { ...body, endMoved: true } : body;
};

/** Experiments as definitions: for the functions of core/definitions. */
export const experimentKind = ({ experiments, pause }: ExperimentPorts): DefinitionKind<ExperimentBody> => ({
  store: experiments,
  word: 'experiment',
  most: MOST_EXPERIMENTS,
  check: async (body, set, before) => {
    const faults = experimentFaults(body);
    if (faults.length > 0) return faults;
    assertKeyFree(body, set, before?.id);
    if (before) {
      assertEditKeepsResults(before.body, body);
      await assertSeedUnused(experiments, before, body);
    }
    return [];
  },
  pause,
});

/**
 * A new experiment; a repeat with the same id answers the first.
 * @throws Invalid for what `experimentFaults` finds, and where there are 200; Conflict for a key that is taken
 */
export const createExperiment = (
  ports: ExperimentPorts,
  experiment: { readonly id: string; readonly body: ExperimentBody },
  by: Author,
): Promise<Experiment> => createDefinition(experimentKind(ports), experiment, by);

/** One experiment, by its id or else by its key. Throws `NotFound`. */
export const getExperiment = async (
  { experiments }: Pick<ExperimentPorts, 'experiments'>,
  idOrKey: string,
): Promise<Experiment> => {
  const newest = await experiments.get(idOrKey);
  if (newest && isInForce(newest)) return newest;
  const { defined } = await experiments.load();
  const found = defined.find(({ body }) => body.key === idOrKey);
  if (!found) throw new NotFound(`There is no experiment "${idOrKey}"`);
  return found;
};

/**
 * Replaces an experiment whole.
 * @param given the experiment, and the version that it replaces where that matters
 * @throws NotFound; Conflict for a stale version, a key that is taken, an edit that would invalidate what was measured; Invalid
 * for what `experimentFaults` finds
 */
export const replaceExperiment = async (
  ports: ExperimentPorts,
  idOrKey: string,
  given: ExperimentBody & { readonly version?: number; readonly experimentId?: string },
  by: Author,
): Promise<Experiment> => {
  const { version, experimentId, ...body } = given;
  const { id } = await getExperiment(ports, idOrKey);
  if (experimentId !== undefined && experimentId !== id) {
    throw new Invalid([{ path: 'experimentId', message: `must be that of the path, "${id}"` }]);
  }
  const replace = (present: ExperimentBody) => withEndNoted(present, body);
  return changeDefinition(experimentKind(ports), { id, body: replace, version }, by);
};

/** Takes an experiment away. Throws `NotFound`, and `Conflict` for one that runs or a stale version. */
export const deleteExperiment = async (
  ports: ExperimentPorts,
  { idOrKey, version }: { readonly idOrKey: string; readonly version?: number },
  by: Author,
): Promise<Change<ExperimentBody>> => {
  const present = await getExperiment(ports, idOrKey);
  if (present.body.status === 'running') {
    throw new Conflict('The experiment is running: complete or pause it first');
  }
  const { id } = present;
  return deleteDefinition(experimentKind(ports), { id, version: version ?? present.version }, by);
};

/** The place of an experiment in the list; stays the same when others come and go. */
export type ExperimentPosition = { readonly createdAt: number; readonly id: string };

const newestFirst = (a: ExperimentPosition, b: ExperimentPosition): number =>
  b.createdAt - a.createdAt || (a.id === b.id ? 0 : a.id < b.id ? 1 : -1);

/** Experiments of a status, newest first; `next` continues behind the last, null at the end. */
export const listExperiments = async (
  { experiments }: Pick<ExperimentPorts, 'experiments'>,
  { status }: { readonly status?: ExperimentStatus },
  { limit, after }: { readonly limit: number; readonly after?: ExperimentPosition },
): Promise<{ readonly items: readonly Experiment[]; readonly next: ExperimentPosition | null }> => {
  const { defined } = await experiments.load();
  const found = defined
    .filter(({ body }) => status === undefined || body.status === status)
    .filter((one) => after === undefined || newestFirst(one, after) > 0)
    .sort(newestFirst);
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, next: last ? { createdAt: last.createdAt, id: last.id } : null };
};
