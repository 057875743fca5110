import { trackInteraction } from '../../contracts/tracking/endpoints.ts';
import { trackedAnswer, trackOne } from '../../core/tracking/track-one.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { retentionMs } from '../runtime/environment.ts';
import { tracking } from '../runtime/ports/scoring-ports.ts';

export const handler = endpoint(trackInteraction, async ({ body, userId, now, newId }) => {
  const tracked = await trackOne(tracking(), body, { userId, now, newId, retentionMs: retentionMs() });
  return { status: 201, body: trackedAnswer(tracked, now) };
});
