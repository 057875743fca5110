import { dynamoClient } from '../../adapters/dynamodb/client.ts';
import { createTable } from '../../adapters/dynamodb/create-table.ts';
import { s3Client } from '../../adapters/objects/client.ts';
import { createBucket } from '../../adapters/objects/create-bucket.ts';
import { sqsClient } from '../../adapters/queue/client.ts';
import { createQueue } from '../../adapters/queue/create-queue.ts';
import type { Settings } from '../settings.ts';
import type { Stores } from './stores.ts';

const MAX_RECEIVE_COUNT = 5;

/** Makes the table, the queue with its dead-letter queue and the bucket where they do not exist yet. */
export const provision = async ({ names }: Stores, { visibilitySeconds }: Settings): Promise<void> => {
  const queue = { name: names.queue, maxReceiveCount: MAX_RECEIVE_COUNT, visibilitySeconds };
  await Promise.all([
    createTable(dynamoClient(), names.table),
    createQueue({ client: sqsClient(), ...queue }),
    createBucket(s3Client(), names.bucket),
  ]);
};
