import { listFrequentFeatures } from '../../contracts/tracking/endpoints.ts';
import { frequentFeatures } from '../../core/profile/view/frequent-features.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { users } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(listFrequentFeatures, async ({ query, userId, now }) => ({
  status: 200,
  body: await frequentFeatures(users(), { userId, limit: query.limit, now }),
}));
