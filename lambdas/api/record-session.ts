import { recordSession } from '../../contracts/profile/endpoints.ts';
import { deviceView, sessionStatistics } from '../../core/profile/view/profile-view.ts';
import { recordSession as record } from '../../core/tracking/record-session.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { retentionMs } from '../runtime/environment.ts';
import { recording } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(recordSession, async ({ body, userId, now }) => {
  const { behaviour, reason } = await record(recording(), body, { userId, now, retentionMs: retentionMs() });
  return {
    status: 200,
    body: { success: true, sessions: sessionStatistics(behaviour), devices: deviceView(behaviour), reason },
  };
});
