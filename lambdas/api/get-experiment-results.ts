import { getExperimentResults } from '../../contracts/experiments/results.ts';
import { getResults } from '../../core/experiments/evaluation/get-results.ts';
import { resultsAnswer } from '../../core/experiments/evaluation/results-answer.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { readingResults } from '../runtime/ports/evaluation-ports.ts';

export const handler = endpoint(getExperimentResults, async ({ params, query, now }) => {
  const question = { experiment: params.experimentId, seed: query.seed, now };
  return { status: 200, body: resultsAnswer(await getResults(readingResults(), question)) };
});
