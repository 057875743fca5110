import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { sqsClient } from '../../../adapters/queue/client.ts';
import { createQueue } from '../../../adapters/queue/create-queue.ts';
import { interactionQueue } from '../../../adapters/queue/interaction-queue.ts';
import { type QueueConsumer, queueConsumer } from '../../../adapters/queue/queue-consumer.ts';
import { queueUrl, startTestFauxqs, type TestFauxqs } from '../../support/fauxqs.ts';

let fauxqs: TestFauxqs;

beforeAll(async () => {
  fauxqs = await startTestFauxqs();
});
afterAll(() => fauxqs.close());

const newQueue = async (name: string, visibilitySeconds = 30) => {
  await createQueue({ client: sqsClient(), name, maxReceiveCount: 3, visibilitySeconds });
  return {
    queue: interactionQueue({ client: sqsClient(), queueUrl: queueUrl(fauxqs, name) }),
    consumer: queueConsumer(sqsClient(), queueUrl(fauxqs, name)),
    deadLetters: queueConsumer(sqsClient(), queueUrl(fauxqs, `${name}-dlq`)),
  };
};

const receiveAll = async (consumer: QueueConsumer): Promise<unknown[]> => {
  const bodies: unknown[] = [];
  for (let batch = await consumer.receive(0); batch.length > 0; batch = await consumer.receive(0)) {
    bodies.push(...batch.map(({ body }) => JSON.parse(body)));
    await consumer.remove(batch);
  }
  return bodies;
};

describe('interactionQueue', () => {
  it('queues more messages than a batch holds, each once', async () => {
    const { queue, consumer } = await newQueue('many');
    const messages = Array.from({ length: 43 }, (_, index) => ({ index, text: 'ě'.repeat(20_000) }));
    await queue.sendBatches(messages);
    const received = (await receiveAll(consumer)) as typeof messages;
    expect(received.sort((a, b) => a.index - b.index)).toEqual(messages);
    expect(await consumer.depth()).toEqual({ waiting: 0, inFlight: 0 });
  });

  it('sends only the entries again that the queue did not take', async () => {
    const mock = mockClient(SQSClient);
    const failure = { Id: '1', SenderFault: false, Code: 'InternalError' };
    mock
      .on(SendMessageBatchCommand)
      .resolvesOnce({ Failed: [failure], Successful: [] })
      .resolves({});
    await interactionQueue({ client: new SQSClient(), queueUrl: 'q' }).sendBatches([
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ]);
    const sent = mock.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input.Entries);
    mock.restore();
    expect(sent.map((entries) => entries?.map(({ MessageBody }) => MessageBody))).toEqual([
      ['{"n":1}', '{"n":2}', '{"n":3}'],
      ['{"n":2}'],
    ]);
  });

  it('throws Unavailable when the queue keeps refusing', async () => {
    const mock = mockClient(SQSClient);
    mock
      .on(SendMessageBatchCommand)
      .resolves({ Failed: [{ Id: '0', SenderFault: false, Code: 'x' }], Successful: [] });
    const sending = interactionQueue({ client: new SQSClient(), queueUrl: 'q' }).sendBatches([{ n: 1 }]);
    await expect(sending).rejects.toMatchObject({ kind: 'unavailable' });
    mock.restore();
  });
});

describe('queueConsumer', () => {
  it('brings a released message back, and gives up on it after the deliveries allowed', async () => {
    const { queue, consumer, deadLetters } = await newQueue('poison');
    await queue.sendBatches([{ poison: true }]);
    for (const delivery of [1, 2, 3]) {
      const [message] = await consumer.receive(5);
      expect(message?.attributes.ApproximateReceiveCount).toBe(String(delivery));
      if (message) await consumer.release([message], 1);
    }
    expect(await consumer.receive(3)).toEqual([]);
    expect(await receiveAll(deadLetters)).toEqual([{ poison: true }]);
  });

  it('hides a message that is being handled, and removes it for good', async () => {
    const { queue, consumer } = await newQueue('once');
    await queue.sendBatches([{ n: 1 }]);
    const held = await consumer.receive(1);
    expect(await consumer.receive(0)).toEqual([]);
    expect(await consumer.depth()).toEqual({ waiting: 0, inFlight: 1 });
    await consumer.remove(held);
    expect(await consumer.depth()).toEqual({ waiting: 0, inFlight: 0 });
  });
});
