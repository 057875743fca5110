import assert from 'node:assert/strict';
import { awsCall } from './aws-call.ts';
import type { Deployment } from './deploy.ts';
import { eventually } from './eventually.ts';

/** Queues of the product, as outputs of the stack name them. */
export type QueueName = 'Interactions' | 'Insights';

const messagesIn = async ({ ministack }: Deployment, QueueUrl: string | undefined): Promise<number> => {
  const { Attributes } = await awsCall(ministack.url, 'sqs')<{ Attributes: Record<string, string> }>(
    'GetQueueAttributes',
    { QueueUrl, AttributeNames: ['All'] },
  );
  const counts = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
  return counts.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
};

/** Waits until nothing lies in a queue and nothing of it is being worked off. */
export const untilDrained = async (
  deployment: Deployment,
  name: QueueName,
  timeoutMs?: number,
): Promise<void> => {
  const url = deployment.outputs[`${name}QueueUrl`];
  await eventually({ what: `an empty queue ${name}`, timeoutMs, everyMs: 250 }, async () =>
    (await messagesIn(deployment, url)) === 0 ? true : undefined,
  );
};

export const noDeadLetters = async (deployment: Deployment, name: QueueName): Promise<void> =>
  assert.equal(await messagesIn(deployment, deployment.outputs[`${name}DeadLetterQueueUrl`]), 0);

/** A message that no worker can read must end in the dead-letter queue, and alone. */
export const poisonIsSetAside = async (
  { ministack, outputs }: Deployment,
  name: QueueName,
): Promise<void> => {
  const sqs = awsCall(ministack.url, 'sqs');
  const QueueUrl = outputs[`${name}QueueUrl`];
  // Minutes pass between two deliveries in service; the test has not so long.
  await sqs('SetQueueAttributes', { QueueUrl, Attributes: { VisibilityTimeout: '1' } });
  await sqs('SendMessage', { QueueUrl, MessageBody: '{"poison": true' });
  const found = await eventually({ what: 'the poison message in the dead-letter queue' }, async () => {
    const { Messages } = await sqs<{ Messages?: { Body: string }[] }>('ReceiveMessage', {
      QueueUrl: outputs[`${name}DeadLetterQueueUrl`],
      MaxNumberOfMessages: 10,
    });
    return Messages?.length ? Messages : undefined;
  });
  assert.deepEqual(
    found.map(({ Body }) => Body),
    ['{"poison": true'],
  );
};
