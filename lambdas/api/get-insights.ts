import { getInsights } from '../../contracts/insights/endpoints.ts';
import { readInsights } from '../../core/insights/serve/read-insights.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { insights } from '../runtime/ports/insight-ports.ts';
import { domainOf } from '../runtime/requested-domain.ts';

export const handler = endpoint(getInsights, async ({ query, caller, userId, now, newId }) => {
  const domain = domainOf(caller, query.domain);
  return { status: 200, body: await readInsights(insights(), { userId, domain, now, newId }) };
});
