import { conditionEngine } from '../../adapters/conditions/condition-engine.ts';
import type { AssignAsk } from '../../core/experiments/assignment/assign.ts';
import {
  type CompiledExperimentSet,
  compileExperiments,
} from '../../core/experiments/assignment/compile-experiments.ts';
import type { ExperimentBody } from '../../core/experiments/types.ts';
import { defined } from './definitions.ts';

/** A running experiment of two halves, with what differs. */
export const experimentBody = (given: Partial<ExperimentBody> = {}): ExperimentBody => ({
  key: 'quiet-dashboard',
  name: 'A quieter dashboard',
  kind: 'ab',
  variants: [
    { key: 'control', weight: 0.5 },
    { key: 'quiet', weight: 0.5, payload: { config: { layout: 'spacious' } } },
  ],
  coverage: 1,
  metrics: [{ name: 'signup', type: 'binomial', goal: 'increase' }],
  status: 'running',
  ...given,
});

/** Compiled experiments, with ids `experiment-1`, `experiment-2`, ... */
export const experimentsOf = (...bodies: readonly ExperimentBody[]): CompiledExperimentSet =>
  compileExperiments(
    {
      version: bodies.length,
      defined: bodies.map((body, at) => defined(`experiment-${at + 1}`, body, at + 1)),
    },
    conditionEngine(),
  );

export const assignAsk = (userId: string, given: Partial<AssignAsk> = {}): AssignAsk => ({
  userId,
  now: Date.UTC(2026, 10, 21, 12),
  data: {},
  sticky: {},
  abTesting: true,
  ...given,
});
