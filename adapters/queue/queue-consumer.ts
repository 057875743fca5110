import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** A message as received, with what is needed to delete or to release it. */
export type ReceivedMessage = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** System attributes, e.g. `ApproximateReceiveCount`. */
  readonly attributes: Readonly<Record<string, string>>;
};

/** Messages that wait, and messages that a consumer holds now. */
export type QueueDepth = { readonly waiting: number; readonly inFlight: number };

/** The consuming side of a queue: what an event source mapping does on AWS. */
export type QueueConsumer = {
  /** Up to ten messages; waits up to `waitSeconds` (at most 20) for the first one. */
  receive(waitSeconds: number, signal?: AbortSignal): Promise<ReceivedMessage[]>;
  remove(messages: readonly ReceivedMessage[]): Promise<void>;
  /** Makes messages visible again after so many seconds (at least 1). */
  release(messages: readonly ReceivedMessage[], seconds: number): Promise<void>;
  depth(): Promise<QueueDepth>;
};

const received = (message: Message): ReceivedMessage => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  md5OfBody: message.MD5OfBody ?? '',
  attributes: (message.Attributes ?? {}) as Record<string, string>,
});

const entriesOf = (messages: readonly ReceivedMessage[]) =>
  messages.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));

const DEPTH = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

/** Consumer of the queue at `queueUrl`. */
export const queueConsumer = (client: SQSClient, queueUrl: string): QueueConsumer => ({
  receive: async (waitSeconds, signal) => {
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
    });
    const { Messages = [] } = await client.send(command, { abortSignal: signal });
    return Messages.map(received);
  },
  remove: async (messages) => {
    if (messages.length === 0) return;
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entriesOf(messages) }));
  },
  release: async (messages, seconds) => {
    if (messages.length === 0) return;
    const Entries = entriesOf(messages).map((entry) => ({
      ...entry,
      VisibilityTimeout: Math.max(1, seconds),
    }));
    await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
  },
  depth: async () => {
    const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...DEPTH] });
    const { Attributes = {} } = await client.send(command);
    return { waiting: Number(Attributes[DEPTH[0]] ?? 0), inFlight: Number(Attributes[DEPTH[1]] ?? 0) };
  },
});
