import { seedOf } from '../rounds.ts';
import type { ToldResults } from './get-results.ts';
import type { PastEvaluation } from './types.ts';

const iso = (time: number): string => new Date(time).toISOString();

const pastAnswer = ({ evaluatedAt, ...past }: PastEvaluation) => ({
  ...past,
  evaluatedAt: iso(evaluatedAt),
});

/** Results in the contract's words. */
export const resultsAnswer = ({ experiment, results, evaluatedAt, source, history }: ToldResults) => ({
  experimentId: experiment.id,
  key: experiment.body.key,
  status: experiment.body.status,
  seed: seedOf(experiment.body),
  evaluatedAt: iso(evaluatedAt),
  source,
  ...results,
  history: history.map(pastAnswer),
});
