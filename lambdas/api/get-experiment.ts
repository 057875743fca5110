import { getExperiment } from '../../contracts/experiments/endpoints.ts';
import { getExperimentWithChanges } from '../../core/experiments/definition/changes.ts';
import { changedExperimentAnswer } from '../../core/experiments/definition/experiment-answer.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { experimentChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(getExperiment, async ({ params }) => ({
  status: 200,
  body: changedExperimentAnswer(await getExperimentWithChanges(experimentChanges(), params.experimentId)),
}));
