import { getTemplateRecommendations } from '../../contracts/recommendations/by-kind.ts';
import { recommendKind } from '../../core/recommend/serve/recommend-kind.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { serving } from '../runtime/ports/serving-ports.ts';

export const handler = endpoint(getTemplateRecommendations, async ({ query, userId, now, newId }) => ({
  status: 200,
  body: await recommendKind(serving(), { type: 'template', userId, limit: query.limit, now, newId }),
}));
