import { listExperiments } from '../../contracts/experiments/endpoints.ts';
import { experimentAnswer } from '../../core/experiments/definition/experiment-answer.ts';
import {
  type ExperimentPosition,
  listExperiments as list,
} from '../../core/experiments/definition/manage-experiments.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { cursorOf, positionOf } from '../runtime/http/cursors.ts';
import { experimentChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(listExperiments, async ({ query: { limit, cursor, ...filter } }) => {
  const scope = `listExperiments ${JSON.stringify(filter)}`;
  const after = await positionOf<ExperimentPosition>(scope, cursor);
  const { items, next } = await list(experimentChanges(), filter, { limit, after });
  const reason = items.length > 0 ? undefined : 'There are no such experiments';
  return {
    status: 200,
    body: { items: items.map(experimentAnswer), nextCursor: await cursorOf(scope, next), reason },
  };
});
