import { getDashboard } from '../../contracts/insights/endpoints.ts';
import { dashboard } from '../../core/insights/serve/dashboard.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { dashboards } from '../runtime/ports/insight-ports.ts';
import { domainOf } from '../runtime/requested-domain.ts';

export const handler = endpoint(getDashboard, async ({ query, caller, userId, now, newId }) => {
  const domain = domainOf(caller, query.domain);
  return { status: 200, body: await dashboard(dashboards(), { userId, domain, now, newId }) };
});
