import { listSegments } from '../../contracts/analytics/endpoints.ts';
import { listSegments as segmentsOf } from '../../core/analytics/report/list-segments.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { analytics } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(listSegments, async ({ now }) => ({
  status: 200,
  body: await segmentsOf(analytics(), now),
}));
