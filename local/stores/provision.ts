import { dynamoClient } from '../../adapters/dynamodb/client.ts';
import { createTable } from '../../adapters/dynamodb/create-table.ts';
import { s3Client } from '../../adapters/objects/client.ts';
import { createBucket } from '../../adapters/objects/create-bucket.ts';
import { sqsClient } from '../../adapters/queue/client.ts';
import { createQueue } from '../../adapters/queue/create-queue.ts';
import type { Settings } from '../settings.ts';
import type { Stores } from './stores.ts';

const MAX_RECEIVE_COUNT = 5;

/** A batch of ten texts, each of which a model may be asked 25 seconds for. */
export const INSIGHTS_SECONDS = 300;

/** Makes the table, the queues with their dead-letter queues and the bucket where they do not exist yet. */
export const provision = async (
  { names, queues }: Stores,
  { visibilitySeconds }: Settings,
): Promise<void> => {
  const client = sqsClient();
  const queue = (name: string, seconds: number) =>
    createQueue({ client, name, maxReceiveCount: MAX_RECEIVE_COUNT, visibilitySeconds: seconds });
  await Promise.all([
    createTable(dynamoClient(), names.table),
    queue(queues.interactions.name, visibilitySeconds),
    queue(queues.insights.name, INSIGHTS_SECONDS),
    createBucket(s3Client(), names.bucket),
  ]);
};
