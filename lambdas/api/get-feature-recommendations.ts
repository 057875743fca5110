import { getFeatureRecommendations } from '../../contracts/recommendations/by-kind.ts';
import { recommendFeatures } from '../../core/recommend/serve/recommend-kind.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { serving } from '../runtime/ports/serving-ports.ts';

export const handler = endpoint(getFeatureRecommendations, async ({ query, userId, now, newId }) => ({
  status: 200,
  body: await recommendFeatures(serving(), { userId, limit: query.limit, now, newId }),
}));
