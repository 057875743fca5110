import { trackInteractions } from '../../contracts/tracking/endpoints.ts';
import { wireInteraction } from '../../contracts/tracking/interaction.ts';
import { acceptBatch } from '../../core/tracking/accept-batch.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { retentionMs } from '../runtime/environment.ts';
import { checked } from '../runtime/http/request.ts';
import { queue } from '../runtime/ports/queue-port.ts';

export const handler = endpoint(trackInteractions, async ({ body, caller, userId, now, newId }) => ({
  status: 202,
  body: await acceptBatch(queue(), {
    caller,
    userId,
    checked: body.interactions.map((interaction) => checked(wireInteraction, interaction, 'sent')),
    batchId: newId(),
    context: { now, newId, retentionMs: retentionMs() },
  }),
}));
