import { createExperiment } from '../../contracts/experiments/endpoints.ts';
import { announcing } from '../../core/experiments/announcements/announce.ts';
import { experimentAnswer } from '../../core/experiments/definition/experiment-answer.ts';
import { createExperiment as create } from '../../core/experiments/definition/manage-experiments.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { announcingChanges } from '../runtime/ports/event-ports.ts';
import { experimentChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(createExperiment, async ({ body, caller, now, newId }) => {
  const by = { sub: caller.sub, now };
  const made = announcing(announcingChanges(), create(experimentChanges(), { id: newId(), body }, by));
  return { status: 201, body: experimentAnswer(await made) };
});
