import { getRealtimeUpdates } from '../../contracts/insights/endpoints.ts';
import { readUpdates, updatesContent } from '../../core/updates/read-updates.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { taggedAs } from '../runtime/http/etag.ts';
import { updates } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(getRealtimeUpdates, async ({ query, userId, now }) => {
  const since = query.since === undefined ? undefined : Date.parse(query.since);
  const body = await readUpdates(updates(), { userId, since, now });
  return { status: 200, body, headers: taggedAs(updatesContent(body)) };
});
