import { sqsClient } from '../../../adapters/queue/client.ts';
import { insightQueue } from '../../../adapters/queue/insight-queue.ts';
import { required } from '../environment.ts';
import { lazily } from '../lazily.ts';

/** The queue between those who would like a text and the worker that has it written. */
export const insightsQueue = lazily(() =>
  insightQueue({ client: sqsClient(), queueUrl: required('ATTUNE_INSIGHTS_QUEUE_URL') }),
);
