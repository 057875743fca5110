import { interactionsMessage } from '../../contracts/messages/interactions.ts';
import { foldBatch } from '../../core/tracking/fold-batch.ts';
import { retentionMs } from '../runtime/environment.ts';
import { folding } from '../runtime/ports/scoring-ports.ts';
import { metrics } from '../runtime/telemetry.ts';
import { worker } from '../runtime/worker.ts';

export const handler = worker(interactionsMessage, async ({ body, messageId }) => {
  const request = { batch: body, messageId, now: Date.now(), retentionMs: retentionMs() };
  const folded = await foldBatch(folding(), request);
  metrics.addMetric('InteractionsCounted', 'Count', folded.counted);
  metrics.addMetric('InteractionsRepeated', 'Count', folded.duplicates);
});
