import { suggest as contract } from '../../contracts/insights/endpoints.ts';
import { suggest } from '../../core/insights/serve/suggest.ts';
import { suggestionContext } from '../../core/insights/serve/suggestion-context.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { suggesting } from '../runtime/ports/writing-ports.ts';
import { domainOf } from '../runtime/requested-domain.ts';

export const handler = endpoint(contract, async ({ body, caller, userId, now, newId }) => {
  const domain = domainOf(caller, body.domain);
  const context = suggestionContext(body.context);
  return { status: 200, body: await suggest(suggesting(), { userId, domain, context, now, newId }) };
});
