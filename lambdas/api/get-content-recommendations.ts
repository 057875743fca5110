import { getContentRecommendations } from '../../contracts/recommendations/endpoints.ts';
import { contentAnswer, ladderOf, provenanceOf } from '../../core/recommend/answers.ts';
import { plainRequest, typesIn } from '../../core/recommend/ask.ts';
import { decide } from '../../core/recommend/serve/decide.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { serving } from '../runtime/ports/serving-ports.ts';

export const handler = endpoint(getContentRecommendations, async ({ query, userId, now, newId }) => {
  const request = plainRequest({ limit: query.limit, types: typesIn(query.type), now });
  const arms = { context: '', chosen: [] };
  const decided = await decide(serving(), { userId, context: 'content', request, newId, arms });
  return {
    status: 200,
    body: {
      recommendations: contentAnswer(decided),
      ...provenanceOf(decided),
      ...ladderOf(decided),
      experiments: decided.experiments,
    },
  };
});
