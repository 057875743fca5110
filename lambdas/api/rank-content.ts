import { rankContent } from '../../contracts/recommendations/endpoints.ts';
import { provenanceOf, rankedAnswer } from '../../core/recommend/answers.ts';
import { rankForUser } from '../../core/recommend/serve/rank-for-user.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { serving } from '../runtime/ports/serving-ports.ts';

export const handler = endpoint(rankContent, async ({ body, userId, now, newId }) => {
  const { items, source, reason } = await rankForUser(serving(), {
    userId,
    contentIds: body.contentIds,
    now,
  });
  const provenance = provenanceOf({ decisionId: newId(), generatedAt: now, source });
  return { status: 200, body: { items: rankedAnswer(items), ...provenance, reason } };
});
