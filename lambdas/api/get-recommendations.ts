import { getRecommendations } from '../../contracts/recommendations/endpoints.ts';
import { provenanceHeadersOf, recommendationsAnswer } from '../../core/recommend/answers.ts';
import { decide } from '../../core/recommend/decide.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { serving } from '../runtime/serving-ports.ts';

export const handler = endpoint(getRecommendations, async ({ query, userId, now, newId }) => {
  const { limit, type: strategy, context = '' } = query;
  const request = { strategy, limit, offset: 0, exclude: [], includeSeen: false, diversity: 0, now };
  const decided = await decide(serving(), { userId, context: `recommendations ${context}`, request, newId });
  return {
    status: 200,
    body: recommendationsAnswer(decided, strategy),
    headers: provenanceHeadersOf(decided),
  };
});
