import type { DefinitionStore } from '../../definitions/ports.ts';
import type { ConditionEngine } from '../../rules/types.ts';
import { getExperiment } from '../definition/manage-experiments.ts';
import type { Experiment, ExperimentBody } from '../types.ts';
import {
  type CompiledExperiment,
  type CompiledExperimentSet,
  compileExperiment,
} from './compile-experiments.ts';

export type FindPorts = {
  readonly experiments: DefinitionStore<ExperimentBody>;
  /** Kept in memory; may be some seconds old. */
  readonly experimentSet: () => Promise<CompiledExperimentSet>;
  readonly engine: ConditionEngine;
};

const isNamed = ({ id, body }: Experiment, idOrKey: string): boolean =>
  id === idOrKey || body.key === idOrKey;

/** The id that a name stood for a moment ago, from memory; the name itself where nothing is known of it. */
export const experimentIdOf = ({ experiments }: CompiledExperimentSet, idOrKey: string): string =>
  experiments.find(({ experiment }) => isNamed(experiment, idOrKey))?.experiment.id ?? idOrKey;

/**
 * One experiment as it is this moment, by id or key, ready to assign: an administrator who has just started it need not wait for
 * the set in memory. One consistent read of one item, most of the time.
 *
 * @throws NotFound
 */
export const findExperiment = async (
  { experiments, experimentSet, engine }: FindPorts,
  idOrKey: string,
): Promise<CompiledExperiment> => {
  const set = await experimentSet();
  const guess = experimentIdOf(set, idOrKey);
  const newest = await experiments.get(guess);
  const isIt = newest?.body && isNamed(newest as Experiment, idOrKey);
  const present = isIt ? (newest as Experiment) : await getExperiment({ experiments }, idOrKey);
  const known = set.experiments.find(({ experiment }) => experiment.id === present.id);
  return known?.experiment.version === present.version ? known : compileExperiment(present, engine);
};
