import { sqsClient } from '../../adapters/queue/client.ts';
import { createQueue } from '../../adapters/queue/create-queue.ts';
import { standAloneFake } from './stand-alone-fake.ts';

const QUEUE = 'attune-insights';

/** Points the functions at a fake of Bedrock and at a queue for texts. Before any handler is loaded: settings are read once. */
export const prepareTexts = async (): Promise<{ close(): void }> => {
  const fake = await standAloneFake();
  const client = sqsClient();
  await createQueue({ client, name: QUEUE, maxReceiveCount: 5, visibilitySeconds: 540 });
  client.destroy();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: fake.url,
    ATTUNE_BEDROCK_MODEL: 'amazon.nova-micro-v1:0',
    ATTUNE_INSIGHTS_QUEUE_URL: `${process.env.AWS_ENDPOINT_URL_SQS}/000000000000/${QUEUE}`,
    ATTUNE_INSIGHT_STACK_TOKENS: '1000000000',
  });
  return fake;
};
