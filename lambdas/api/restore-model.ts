import { restoreModel } from '../../contracts/models/endpoints.ts';
import { restoreModel as restore } from '../../core/models/restore-model.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { modelRegistry, models } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(restoreModel, async ({ params, now }) => ({
  status: 200,
  body: await restore({ models: models(), registry: modelRegistry() }, params.version, now),
}));
