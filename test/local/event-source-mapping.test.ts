import { describe, expect, it } from '@jest/globals';
import type { QueueConsumer, ReceivedMessage } from '../../adapters/queue/queue-consumer.ts';
import { failedOf, retrySeconds, startEventSourceMapping } from '../../local/lambda/event-source-mapping.ts';
import { until } from './support/until.ts';

const message = (messageId: string, receives = 1): ReceivedMessage => ({
  messageId,
  receiptHandle: `handle-${messageId}`,
  body: '{}',
  md5OfBody: '',
  attributes: { ApproximateReceiveCount: String(receives) },
});

describe('failedOf', () => {
  const messages = [message('a'), message('b')];
  const failing = (...ids: string[]) => ({
    batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
  });

  it('keeps what the worker names', () => {
    expect(failedOf(messages, failing('b'))).toEqual([messages[1]]);
    expect(failedOf(messages, failing())).toEqual([]);
    expect(failedOf(messages, undefined)).toEqual([]);
  });

  it('keeps all when the worker names a message that was not in the batch', () => {
    expect(failedOf(messages, failing('a', 'unknown'))).toEqual(messages);
    expect(failedOf(messages, failing(''))).toEqual(messages);
  });
});

it('waits longer with every delivery', () => {
  expect([1, 2, 3, 4, 10].map((receives) => retrySeconds(message('a', receives)))).toEqual([1, 2, 4, 5, 5]);
});

/** A queue that hands out its batches once and then stays silent until it is stopped. */
const consumerOf = (batches: (ReceivedMessage[] | Error)[]) => {
  const [removed, released] = [[] as string[], [] as string[]];
  const consumer: QueueConsumer = {
    receive: async (_, signal) => {
      const next = batches.shift();
      if (next instanceof Error) throw next;
      if (next) return next;
      return new Promise((_resolve, reject) =>
        signal?.addEventListener('abort', () => reject(new Error('aborted'))),
      );
    },
    remove: async (messages) => void removed.push(...messages.map(({ messageId }) => messageId)),
    release: async (messages) => void released.push(...messages.map(({ messageId }) => messageId)),
    depth: async () => ({ waiting: 0, inFlight: 0 }),
  };
  return { consumer, removed, released };
};

const log = { write: () => true } as unknown as NodeJS.WritableStream;

describe('startEventSourceMapping', () => {
  it('removes what succeeded, releases what failed, also when the worker throws or the queue does not answer', async () => {
    const { consumer, removed, released } = consumerOf([
      [message('a'), message('b')],
      new Error('connection refused'),
      [message('c'), message('d')],
      [message('e')],
    ]);
    const invoke = async ({ Records }: { Records: { messageId: string }[] }) => {
      const ids = Records.map(({ messageId }) => messageId);
      if (ids.includes('c')) throw new Error('out of memory');
      return {
        batchItemFailures: ids.filter((id) => id === 'b').map((itemIdentifier) => ({ itemIdentifier })),
      };
    };
    const stop = startEventSourceMapping({ consumer, invoke, concurrency: 1, log, queue: 'test' });
    await until(
      async () => removed.length,
      (length) => length === 2,
    );
    await stop();
    expect(removed).toEqual(['a', 'e']);
    expect(released).toEqual(['b', 'c', 'd']);
  });
});
