import { table } from '../../adapters/dynamodb/table.ts';
import { MAX_RECEIVES } from '../../lib/constructs/queue-worker.ts';
import { awsCall } from './aws-call.ts';
import type { Outputs } from './cdk.ts';

const QUEUE_SUFFIX = 'QueueUrl';
const DEAD_LETTER_SUFFIX = 'DeadLetterQueueUrl';

const reapplyRedrive = async (url: string, queueUrl: string, deadLetterUrl: string): Promise<void> => {
  const sqs = awsCall(url, 'sqs');
  const { Attributes } = await sqs<{ Attributes: { QueueArn: string } }>('GetQueueAttributes', {
    QueueUrl: deadLetterUrl,
    AttributeNames: ['QueueArn'],
  });
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: Attributes.QueueArn,
    maxReceiveCount: MAX_RECEIVES,
  });
  await sqs('SetQueueAttributes', { QueueUrl: queueUrl, Attributes: { RedrivePolicy } });
};

/**
 * MiniStack's CloudFormation drops a queue's redrive policy and a table's TTL without a word. Sets both again, on every
 * queue that the outputs name together with its dead-letter queue. Answers how many things were set.
 */
export const reapplyDropped = async (url: string, outputs: Outputs): Promise<number> => {
  const pairs = Object.keys(outputs)
    .filter((name) => name.endsWith(DEAD_LETTER_SUFFIX))
    .map((name) => [name.replace(DEAD_LETTER_SUFFIX, QUEUE_SUFFIX), name] as const);
  for (const [queue, deadLetters] of pairs) {
    await reapplyRedrive(url, outputs[queue] ?? '', outputs[deadLetters] ?? '');
  }
  await awsCall(url, 'dynamodb')('UpdateTimeToLive', {
    TableName: outputs.TableName,
    TimeToLiveSpecification: { Enabled: true, AttributeName: table.timeToLive },
  });
  return pairs.length + 1;
};
