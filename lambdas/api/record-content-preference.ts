import { recordContentPreference } from '../../contracts/tracking/endpoints.ts';
import {
  contentPreferenceAnswer,
  contentPreferenceInteraction,
} from '../../core/tracking/content-preference.ts';
import { trackOne } from '../../core/tracking/track-one.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { retentionMs } from '../runtime/environment.ts';
import { wordlessTracking } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(recordContentPreference, async ({ body, userId, now, newId }) => {
  const sent = contentPreferenceInteraction(body);
  const tracked = await trackOne(wordlessTracking(), sent, {
    userId,
    now,
    newId,
    retentionMs: retentionMs(),
  });
  return { status: 200, body: contentPreferenceAnswer(tracked) };
});
