import { sqsClient } from '../../../adapters/queue/client.ts';
import { interactionQueue } from '../../../adapters/queue/interaction-queue.ts';
import { queueAnswers } from '../../../adapters/queue/queue-answers.ts';
import { required } from '../environment.ts';
import { lazily } from '../lazily.ts';

const location = lazily(() => ({ client: sqsClient(), queueUrl: required('ATTUNE_INTERACTIONS_QUEUE_URL') }));

/** The queue between the bulk endpoint and its worker. */
export const queue = lazily(() => interactionQueue(location()));

/** Resolves when the queue answers. */
export const queueIsReachable = (): Promise<void> => queueAnswers(location());
