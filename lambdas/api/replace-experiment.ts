import { replaceExperiment } from '../../contracts/experiments/endpoints.ts';
import { announcing } from '../../core/experiments/announcements/announce.ts';
import { experimentAnswer } from '../../core/experiments/definition/experiment-answer.ts';
import { replaceExperiment as replace } from '../../core/experiments/definition/manage-experiments.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { announcingChanges } from '../runtime/ports/event-ports.ts';
import { experimentChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(replaceExperiment, async ({ params, body, caller, now }) => {
  const by = { sub: caller.sub, now };
  const changed = replace(experimentChanges(), params.experimentId, body, by);
  return { status: 200, body: experimentAnswer(await announcing(announcingChanges(), changed)) };
});
