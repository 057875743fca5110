import { requestRecommendations } from '../../contracts/recommendations/endpoints.ts';
import { ladderOf, provenanceOf, recommendationsAnswer } from '../../core/recommend/answers.ts';
import { nextOffset, placeOf } from '../../core/recommend/ask.ts';
import { decide } from '../../core/recommend/decide.ts';
import { cursorOf, positionOf } from '../runtime/cursors.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { serving } from '../runtime/serving-ports.ts';

export const handler = endpoint(requestRecommendations, async ({ body, userId, now, newId }) => {
  const { limit, strategy, types, filter, exclude, include_seen: includeSeen, diversity } = body.options;
  const scope = `requestRecommendations ${userId}`;
  const offset = (await positionOf<number>(scope, body.options.cursor)) ?? 0;
  const request = { strategy, limit, offset, types, filter, exclude, includeSeen, diversity, now };
  const decided = await decide(serving(), { userId, context: placeOf(body.context), request, newId });
  return {
    status: 200,
    body: {
      recommendations: recommendationsAnswer(decided, strategy),
      nextCursor: await cursorOf(scope, nextOffset(request, decided)),
      ...provenanceOf(decided),
      ...ladderOf(decided),
    },
  };
});
