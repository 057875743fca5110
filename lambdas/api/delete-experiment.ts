import { deleteExperiment } from '../../contracts/experiments/endpoints.ts';
import { announcing } from '../../core/experiments/announcements/announce.ts';
import { deleteExperiment as remove } from '../../core/experiments/definition/manage-experiments.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { announcingChanges } from '../runtime/ports/event-ports.ts';
import { experimentChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(deleteExperiment, async ({ params, query, caller, now }) => {
  const experiment = { idOrKey: params.experimentId, version: query.version };
  const removed = remove(experimentChanges(), experiment, { sub: caller.sub, now });
  const { id, version } = await announcing(announcingChanges(), removed);
  return { status: 200, body: { success: true, experimentId: id, version } };
});
