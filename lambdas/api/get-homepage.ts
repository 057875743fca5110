import { getHomepage } from '../../contracts/homepage/endpoints.ts';
import { homepage } from '../../core/homepage/homepage.ts';
import { homepageAnswer } from '../../core/homepage/homepage-answer.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { homepages } from '../runtime/ports/homepage-ports.ts';
import { domainOf } from '../runtime/requested-domain.ts';

export const handler = endpoint(getHomepage, async ({ query, caller, userId, now, newId }) => {
  const domain = domainOf(caller, query.domain);
  const decided = await homepage(homepages(), { userId, domain, now, newId });
  return { status: 200, body: homepageAnswer(userId, decided) };
});
