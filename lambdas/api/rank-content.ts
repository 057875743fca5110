import { rankContent } from '../../contracts/recommendations/endpoints.ts';
import { provenanceOf } from '../../core/recommend/answers.ts';
import { rankForUser } from '../../core/recommend/rank-for-user.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { serving } from '../runtime/serving-ports.ts';

export const handler = endpoint(rankContent, async ({ body, userId, now, newId }) => {
  const { items, source, reason } = await rankForUser(serving(), {
    userId,
    contentIds: body.contentIds,
    now,
  });
  return {
    status: 200,
    body: {
      items: items.map(({ itemId, score, known, reason: why, scores }) => ({
        contentId: itemId,
        score,
        known,
        reason: why,
        scores: scores as Record<string, number>,
      })),
      ...provenanceOf({ decisionId: newId(), generatedAt: now, source }),
      reason,
    },
  };
});
