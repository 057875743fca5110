import { getAchievements } from '../../contracts/learning/endpoints.ts';
import { readAchievements } from '../../core/achievements/read-achievements.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { achieving } from '../runtime/ports/achievement-ports.ts';
import { domainOf } from '../runtime/requested-domain.ts';

export const handler = endpoint(getAchievements, async ({ query, caller, userId, now }) => {
  const domain = domainOf(caller, query.domain);
  return { status: 200, body: await readAchievements(achieving(), { userId, domain, now }) };
});
