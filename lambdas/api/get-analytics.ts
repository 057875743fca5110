import { getAnalytics } from '../../contracts/analytics/endpoints.ts';
import { getAnalytics as analyticsOf } from '../../core/analytics/report/get-analytics.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { analytics } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(getAnalytics, async ({ query, now }) => ({
  status: 200,
  body: await analyticsOf(analytics(), { ...query, now }),
}));
