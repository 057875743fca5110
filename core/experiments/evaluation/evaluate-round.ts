import { evaluateExperiment } from '../results/evaluate-experiment.ts';
import type { Results } from '../results/types.ts';
import { lineOfRound } from '../rounds.ts';
import type { Distributions } from '../statistics/distributions.ts';
import type { Experiment } from '../types.ts';
import { countOutcomes } from './count-outcomes.ts';
import { settledAt } from './is-due.ts';
import type { ResultPorts } from './ports.ts';
import type { Evaluation } from './types.ts';

/** Of every interval; one minus it is the accepted share of false alarms. */
const CONFIDENCE = 0.95;

/** What an evaluation tells: the same from the same counts, at whatever time it is asked. */
export const resultsOf = (
  { body }: Pick<Experiment, 'body'>,
  { counts, evaluatedAt }: Pick<Evaluation, 'counts' | 'evaluatedAt'>,
  distributions: Distributions,
): Results => evaluateExperiment(body, counts, { confidence: CONFIDENCE, distributions, now: evaluatedAt });

/** Counts a round from its users' rows and keeps that. Undefined where there are more than `most` users. */
export const recount = async (
  { outcomes, results }: Pick<ResultPorts, 'outcomes' | 'results'>,
  experiment: Experiment,
  { now, most }: { readonly now: number; readonly most?: number },
): Promise<Evaluation | undefined> => {
  const line = lineOfRound(experiment);
  const counts = await countOutcomes(outcomes, line, experiment.body, most);
  if (!counts) return undefined;
  const { id: experimentId, version } = experiment;
  const isFinal = now >= settledAt(experiment);
  const evaluation = { experimentId, version, evaluatedAt: now, counts, isFinal };
  await results.put(line, evaluation);
  return evaluation;
};
