import { distributions } from '../../../adapters/numbers/distributions.ts';
import type { ResultPorts } from '../../../core/experiments/evaluation/ports.ts';
import { lazily } from '../lazily.ts';
import { experimentDefinitions, outcomes, results } from './table-ports.ts';

/** What reading results needs. */
export const readingResults = lazily(
  (): ResultPorts => ({
    experiments: experimentDefinitions(),
    outcomes: outcomes(),
    results: results(),
    distributions,
  }),
);
