import { getBadge } from '../../contracts/learning/endpoints.ts';
import { badgeOf } from '../../core/achievements/badge.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { badging } from '../runtime/ports/achievement-ports.ts';
import { domainOf } from '../runtime/requested-domain.ts';

export const handler = endpoint(getBadge, async ({ params, query, caller, userId, now, host }) => {
  const domain = domainOf(caller, query.domain);
  const question = { userId, domain, achievementId: params.achievementId, now, issuer: `https://${host}` };
  return { status: 200, body: await badgeOf(badging(), question) };
});
