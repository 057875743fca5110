import type { TextRequestMessage } from '../../contracts/messages/text-request.ts';
import type { TextQueue, TextRequest } from '../../core/insights/ports.ts';
import { messageQueue, type QueueLocation } from './message-queue.ts';

const messageOf = ({ userId, slot, hash, context }: TextRequest): TextRequestMessage => ({
  version: 1,
  userId,
  slot,
  hash,
  ...(context && { context: { ...context, recentActions: [...context.recentActions] } }),
});

/**
 * The queue that carries wanted texts to the worker, one message each. `send` throws `Unavailable` when the queue does not take it.
 * What is queued twice is written once: the second one finds the text.
 */
export const insightQueue = (queue: QueueLocation): TextQueue => {
  const messages = messageQueue(queue);
  return { send: (request) => messages.sendBatches([messageOf(request)]) };
};
