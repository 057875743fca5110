import { sqsClient } from '../../adapters/queue/client.ts';
import { type QueueDepth, queueConsumer } from '../../adapters/queue/queue-consumer.ts';
import type { LocalQueue } from '../stores/stores.ts';
import { startEventSourceMapping } from './event-source-mapping.ts';
import { startLambdaThread } from './start-lambda-thread.ts';

/** A queue's worker, polling. */
export type QueueWorker = {
  depth(): Promise<QueueDepth & { deadLetters: number }>;
  close(): Promise<void>;
};

type Options = {
  readonly queue: LocalQueue;
  /** In `lambdas/`. */
  readonly file: string;
  readonly consumers: number;
  /** How long the function may take for a batch. */
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly log: NodeJS.WritableStream;
};

/** Starts the worker of a queue in a thread of its own. */
export const startQueueWorker = ({
  queue,
  file,
  consumers,
  timeoutSeconds,
  memoryMb,
  log,
}: Options): QueueWorker => {
  const client = sqsClient();
  const consumer = queueConsumer(client, queue.url);
  const deadLetters = queueConsumer(client, queue.deadLetterUrl);
  const thread = startLambdaThread(log, memoryMb);
  const invoke = (event: unknown) => thread.invoke(file, event, timeoutSeconds * 1000);
  const stop = startEventSourceMapping({ consumer, invoke, concurrency: consumers, log, queue: queue.name });
  return {
    depth: async () => {
      const [main, dead] = await Promise.all([consumer.depth(), deadLetters.depth()]);
      return { ...main, deadLetters: dead.waiting + dead.inFlight };
    },
    close: async () => {
      await stop();
      await thread.close();
    },
  };
};
