import { recordFeatureUsage } from '../../contracts/tracking/endpoints.ts';
import { trackOne } from '../../core/tracking/track-one.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { retentionMs } from '../runtime/environment.ts';
import { wordlessTracking } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(recordFeatureUsage, async ({ body, userId, now, newId }) => {
  const sent = { type: 'feature_use', feature: body.feature };
  const { interaction, reason } = await trackOne(wordlessTracking(), sent, {
    userId,
    now,
    newId,
    retentionMs: retentionMs(),
  });
  return { status: 202, body: { success: true, interactionId: interaction.interactionId, reason } };
});
