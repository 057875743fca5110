import { setTimeout as delay } from 'node:timers/promises';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { Unavailable } from '../../core/errors.ts';
import { messageText } from '../../core/tracking/message-text.ts';
import { batchEntries, type SizedBody, sized } from './batch-entries.ts';

/** Where a queue is, and who sends to it. */
export type QueueLocation = { readonly client: SQSClient; readonly queueUrl: string };

/** The sending side of a queue. */
export type MessageQueue = {
  /**
   * Queues every message (anything that JSON can hold), or throws `Unavailable` when some could not be queued after
   * retries. Some may have been queued then, so the caller may send all of them again: whoever reads them must bear that.
   */
  sendBatches(messages: readonly unknown[]): Promise<void>;
};

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 50;
const SIDE_BY_SIDE = 4;

/** Sends one batch; answers the entries that the queue did not take. */
const sendOnce = async (
  { client, queueUrl }: QueueLocation,
  batch: readonly SizedBody[],
): Promise<SizedBody[]> => {
  const Entries = batch.map(({ body }, index) => ({ Id: String(index), MessageBody: body }));
  const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  return Failed.map((failure) => batch[Number(failure.Id)]).filter((entry) => entry !== undefined);
};

const sendWithRetries = async (queue: QueueLocation, batch: readonly SizedBody[]): Promise<void> => {
  let left = batch;
  for (let attempt = 0; attempt < ATTEMPTS && left.length > 0; attempt++) {
    if (attempt > 0) await delay(FIRST_PAUSE_MS * 2 ** attempt);
    left = await sendOnce(queue, left);
  }
  if (left.length > 0) throw new Unavailable(`${left.length} messages could not be queued`);
};

/** The queue at `queueUrl`, for messages of any kind. */
export const messageQueue = (queue: QueueLocation): MessageQueue => ({
  sendBatches: async (messages) => {
    const waiting = batchEntries(messages.map((message) => sized(messageText(message))));
    const sender = async (): Promise<void> => {
      for (let batch = waiting.shift(); batch; batch = waiting.shift()) await sendWithRetries(queue, batch);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, sender));
  },
});
