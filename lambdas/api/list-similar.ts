import { listSimilar } from '../../contracts/recommendations/endpoints.ts';
import { similarTo } from '../../core/recommend/rank-for-user.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { serving } from '../runtime/serving-ports.ts';

export const handler = endpoint(listSimilar, async ({ params, query, now }) => {
  const { items, reason } = await similarTo(serving(), { itemId: params.contentId, limit: query.limit, now });
  return {
    status: 200,
    body: {
      items: items.map(({ itemId, item, score, reason: why, scores }) => ({
        contentId: itemId,
        contentType: item.type,
        title: item.title,
        similarity: score,
        reason: why,
        scores: scores as Record<string, number>,
      })),
      generatedAt: new Date(now).toISOString(),
      reason: reason || undefined,
    },
  };
});
