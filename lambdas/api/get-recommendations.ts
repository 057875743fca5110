import { getRecommendations } from '../../contracts/recommendations/endpoints.ts';
import { provenanceHeadersOf, recommendationsAnswer } from '../../core/recommend/answers.ts';
import { chosenIn, plainRequest } from '../../core/recommend/ask.ts';
import { decide } from '../../core/recommend/serve/decide.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { serving } from '../runtime/ports/serving-ports.ts';

export const handler = endpoint(getRecommendations, async ({ query, userId, now, newId }) => {
  const { limit, type: strategy, context = '' } = query;
  const decided = await decide(serving(), {
    userId,
    context: `recommendations ${context}`,
    request: plainRequest({ strategy, limit, now }),
    newId,
    arms: { context, chosen: chosenIn({ strategy }) },
  });
  return {
    status: 200,
    body: recommendationsAnswer(decided),
    headers: provenanceHeadersOf(decided),
  };
});
