import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { sqsClient } from '../../../adapters/queue/client.ts';
import { createQueue } from '../../../adapters/queue/create-queue.ts';
import { insightQueue } from '../../../adapters/queue/insight-queue.ts';
import { queueConsumer } from '../../../adapters/queue/queue-consumer.ts';
import { textRequestMessage } from '../../../contracts/messages/text-request.ts';
import type { TextRequest } from '../../../core/insights/ports.ts';
import { queueUrl, startTestFauxqs, type TestFauxqs } from '../../support/fauxqs.ts';

let fauxqs: TestFauxqs;
beforeAll(async () => {
  fauxqs = await startTestFauxqs();
});
afterAll(() => fauxqs.close());

const request: TextRequest = {
  userId: 'ada',
  slot: { purpose: 'insights', domain: 'real-estate', place: '' },
  hash: '5f2c9e0b7a41d386',
};

const suggesting: TextRequest = {
  ...request,
  slot: { purpose: 'suggestions', domain: 'saas', place: 'a1b2c3' },
  context: { currentPage: 'Objekte 🏠', recentActions: ['open_listing'], profileCompletion: 60 },
};

describe('insightQueue', () => {
  it('carries requests as messages of version 1, each by itself', async () => {
    await createQueue({ client: sqsClient(), name: 'insights', maxReceiveCount: 3, visibilitySeconds: 30 });
    const queue = insightQueue({ client: sqsClient(), queueUrl: queueUrl(fauxqs, 'insights') });
    await Promise.all([request, suggesting].map((wanted) => queue.send(wanted)));
    const received = await queueConsumer(sqsClient(), queueUrl(fauxqs, 'insights')).receive(5);
    const messages = received.map(({ body }) => textRequestMessage.parse(JSON.parse(body)));
    const purposes = messages.toSorted((a, b) => a.slot.purpose.localeCompare(b.slot.purpose));
    expect(purposes).toEqual([
      { version: 1, ...request },
      { version: 1, ...suggesting },
    ]);
  });

  it('throws Unavailable when the queue keeps refusing', async () => {
    const mock = mockClient(SQSClient);
    const failure = { Id: '0', SenderFault: false, Code: 'InternalError' };
    mock.on(SendMessageBatchCommand).resolves({ Failed: [failure], Successful: [] });
    const sending = insightQueue({ client: new SQSClient(), queueUrl: 'q' }).send(request);
    await expect(sending).rejects.toMatchObject({ kind: 'unavailable' });
    mock.restore();
  });
});
