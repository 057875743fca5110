import { claimAchievement } from '../../contracts/learning/endpoints.ts';
import { claimAchievement as claim } from '../../core/achievements/claim-achievement.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { achieving } from '../runtime/ports/achievement-ports.ts';
import { domainOf } from '../runtime/requested-domain.ts';

export const handler = endpoint(claimAchievement, async ({ params, query, caller, userId, now }) => {
  const domain = domainOf(caller, query.domain);
  const { achievementId } = params;
  return { status: 200, body: await claim(achieving(), { userId, domain, achievementId, now }) };
});
