import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Resolves when the queue is there and answers; throws what the service said otherwise. */
export const queueAnswers = async (queue: { client: SQSClient; queueUrl: string }): Promise<void> => {
  await queue.client.send(
    new GetQueueAttributesCommand({
      QueueUrl: queue.queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
};
