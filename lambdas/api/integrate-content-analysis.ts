import { integrateContentAnalysis } from '../../contracts/generation/endpoints.ts';
import { integrateAnalysis } from '../../core/catalog/content-analysis.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { catalog } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(integrateContentAnalysis, async ({ body, now }) => ({
  status: 200,
  body: await integrateAnalysis(catalog(), body, now),
}));
