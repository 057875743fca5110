import type { DefinitionStore } from '../../definitions/ports.ts';
import type { OutcomeStore } from '../outcomes/ports.ts';
import type { Distributions } from '../statistics/distributions.ts';
import type { ExperimentBody } from '../types.ts';
import type { Evaluation, PastEvaluation } from './types.ts';

/** What was counted of each round of an experiment, by its line (see `lineOf`). */
export type ResultsStore = {
  get(line: string): Promise<Evaluation | undefined>;
  /** Keeps it unless a later one is there. */
  put(line: string, evaluation: Evaluation): Promise<void>;
  /** Notes it for 90 days; one for each hour, the last one stays. */
  note(line: string, past: PastEvaluation): Promise<void>;
  /** Newest first. */
  history(line: string, limit: number): Promise<readonly PastEvaluation[]>;
};

/** What reading results needs. */
export type ResultPorts = {
  readonly experiments: DefinitionStore<ExperimentBody>;
  readonly outcomes: Pick<OutcomeStore, 'rowsOf'>;
  readonly results: ResultsStore;
  readonly distributions: Distributions;
};
