import { requestRecommendations } from '../../contracts/recommendations/endpoints.ts';
import { ladderOf, provenanceOf, recommendationsAnswer } from '../../core/recommend/answers.ts';
import { chosenIn, contextNamed, nextOffset, placeOf, plainRequest } from '../../core/recommend/ask.ts';
import { decide } from '../../core/recommend/serve/decide.ts';
import { deviceKind } from '../../core/tracking/normalise.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { cursorOf, positionOf } from '../runtime/http/cursors.ts';
import { serving } from '../runtime/ports/serving-ports.ts';

export const handler = endpoint(requestRecommendations, async ({ body, userId, now, newId }) => {
  const { limit, strategy, types, filter, exclude, include_seen: includeSeen, diversity } = body.options;
  const scope = `requestRecommendations ${userId}`;
  const offset = (await positionOf<number>(scope, body.options.cursor)) ?? 0;
  const asked = { strategy, limit, offset, types, filter, exclude, includeSeen, diversity, now };
  const request = plainRequest(asked);
  const device = deviceKind(body.options.device);
  const arms = { context: contextNamed(body.context), device, chosen: chosenIn(asked) };
  const decided = await decide(serving(), { userId, context: placeOf(body.context), request, newId, arms });
  return {
    status: 200,
    body: {
      recommendations: recommendationsAnswer(decided),
      nextCursor: await cursorOf(scope, nextOffset(request, decided)),
      ...provenanceOf(decided),
      ...ladderOf(decided),
      experiments: decided.experiments,
    },
  };
});
