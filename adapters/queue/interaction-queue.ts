import { type MessageQueue, messageQueue, type QueueLocation } from './message-queue.ts';

/** The queue that carries accepted interactions to the worker. What is queued twice is counted once. */
export type InteractionQueue = MessageQueue;

/** The queue at `queueUrl`. */
export const interactionQueue = (queue: QueueLocation): InteractionQueue => messageQueue(queue);
