import { textRequestMessage } from '../../contracts/messages/text-request.ts';
import { handleTextRequest } from '../../core/insights/generate/handle-request.ts';
import { writingTexts } from '../runtime/ports/text-worker-ports.ts';
import { metrics } from '../runtime/telemetry.ts';
import { worker } from '../runtime/worker.ts';

/** Left of the function's time for what is written after the model. */
const MARGIN_MS = 5_000;

export const handler = worker(textRequestMessage, async ({ body, remainingMs }) => {
  const now = Date.now();
  const deadline = now + Math.max(0, remainingMs() - MARGIN_MS);
  const handled = await handleTextRequest(writingTexts(), body, { now, deadline });
  if (handled === 'nothing to do') metrics.addMetric('TextRequestsSpared', 'Count', 1);
});
