import { setTimeout as delay } from 'node:timers/promises';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { QueueConsumer, ReceivedMessage } from '../../adapters/queue/queue-consumer.ts';

type Mapping = {
  readonly consumer: QueueConsumer;
  readonly invoke: (event: SQSEvent) => Promise<unknown>;
  /** Batches handled side by side. */
  readonly concurrency: number;
  readonly log: NodeJS.WritableStream;
  /** The queue's name. */
  readonly queue: string;
};

const LONG_POLL_SECONDS = 20;
const PAUSE_AFTER_FAULT_MS = 1_000;
const LONGEST_RETRY_SECONDS = 5;

const sqsEvent = (messages: readonly ReceivedMessage[], queue: string): SQSEvent => ({
  Records: messages.map((message) => ({
    ...message,
    attributes: message.attributes as unknown as SQSEvent['Records'][number]['attributes'],
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
    awsRegion: 'us-east-1',
  })),
});

/** Which messages the worker could not handle. A list that names an unknown message fails all of them, as on AWS. */
export const failedOf = (
  messages: readonly ReceivedMessage[],
  response: unknown,
): readonly ReceivedMessage[] => {
  const failures = (response as SQSBatchResponse | undefined)?.batchItemFailures ?? [];
  const ids = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  const failed = messages.filter(({ messageId }) => ids.has(messageId));
  return failed.length === ids.size ? failed : messages;
};

/** Seconds until a failed message is tried again: doubles with every delivery, so that a passing fault has time to pass. */
export const retrySeconds = ({ attributes }: ReceivedMessage): number =>
  Math.min(LONGEST_RETRY_SECONDS, 2 ** (Number(attributes.ApproximateReceiveCount ?? 1) - 1));

const handleBatch = async (
  { consumer, invoke, log, queue }: Mapping,
  messages: readonly ReceivedMessage[],
) => {
  const response = await invoke(sqsEvent(messages, queue)).catch((error: Error) => {
    log.write(`The worker of ${queue} failed: ${error.stack ?? error.message}\n`);
    return { batchItemFailures: messages.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
  const failed = new Set(failedOf(messages, response));
  await consumer.remove(messages.filter((message) => !failed.has(message)));
  for (const message of failed) await consumer.release([message], retrySeconds(message));
};

/**
 * Polls the queue and calls the worker, as Lambda's event source mapping does: batches of ten, only messages that
 * succeeded are deleted, the others come back until the queue moves them to its dead-letter queue.
 * Answers a function that stops it after the batches at hand.
 */
export const startEventSourceMapping = (mapping: Mapping): (() => Promise<void>) => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const poll = async (): Promise<void> => {
    const messages = await mapping.consumer.receive(LONG_POLL_SECONDS, signal);
    if (messages.length > 0) await handleBatch(mapping, messages);
  };
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await poll();
      } catch (error) {
        if (signal.aborted) return;
        mapping.log.write(`The queue could not be read: ${error instanceof Error ? error.stack : error}\n`);
        await delay(PAUSE_AFTER_FAULT_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  const loops = Array.from({ length: mapping.concurrency }, loop);
  return async () => {
    stopping.abort();
    await Promise.all(loops);
  };
};
