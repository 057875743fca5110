import { listSimilar } from '../../contracts/recommendations/endpoints.ts';
import { similarAnswer } from '../../core/recommend/answers.ts';
import { similarTo } from '../../core/recommend/serve/rank-for-user.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { serving } from '../runtime/ports/serving-ports.ts';

export const handler = endpoint(listSimilar, async ({ params, query, now }) => {
  const { items, reason } = await similarTo(serving(), { itemId: params.contentId, limit: query.limit, now });
  const generatedAt = new Date(now).toISOString();
  return { status: 200, body: { items: similarAnswer(items), generatedAt, reason: reason || undefined } };
});
