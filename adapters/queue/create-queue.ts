import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

type NewQueue = {
  readonly client: SQSClient;
  readonly name: string;
  /** Deliveries after which a message goes to the dead-letter queue. */
  readonly maxReceiveCount: number;
  /** How long a received message stays hidden from other consumers. */
  readonly visibilitySeconds: number;
};

const create = async (client: SQSClient, name: string, attributes: Record<string, string>) => {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  return QueueUrl ?? '';
};

/** Creates a queue with its dead-letter queue `<name>-dlq` on an embedded store, where they do not exist; CDK does this on AWS. */
export const createQueue = async (queue: NewQueue): Promise<void> => {
  const { client, name, maxReceiveCount, visibilitySeconds } = queue;
  const deadLetterUrl = await create(client, `${name}-dlq`, { MessageRetentionPeriod: '1209600' });
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: deadLetterUrl, AttributeNames: ['QueueArn'] }),
  );
  await create(client, name, {
    VisibilityTimeout: String(visibilitySeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: Attributes.QueueArn, maxReceiveCount }),
  });
};
