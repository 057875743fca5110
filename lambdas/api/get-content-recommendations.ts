import { getContentRecommendations } from '../../contracts/recommendations/endpoints.ts';
import { contentAnswer, ladderOf, provenanceOf } from '../../core/recommend/answers.ts';
import { decide } from '../../core/recommend/decide.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { serving } from '../runtime/serving-ports.ts';

const typesOf = (list: string | undefined) =>
  list
    ?.split(',')
    .map((type) => type.trim())
    .filter(Boolean);

export const handler = endpoint(getContentRecommendations, async ({ query, userId, now, newId }) => {
  const request = {
    strategy: 'hybrid',
    limit: query.limit,
    offset: 0,
    types: typesOf(query.type),
    exclude: [],
    includeSeen: false,
    diversity: 0,
    now,
  } as const;
  const decided = await decide(serving(), { userId, context: 'content', request, newId });
  return {
    status: 200,
    body: { recommendations: contentAnswer(decided), ...provenanceOf(decided), ...ladderOf(decided) },
  };
});
