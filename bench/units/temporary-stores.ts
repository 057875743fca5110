import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { s3Client } from '../../adapters/objects/client.ts';
import { createBucket } from '../../adapters/objects/create-bucket.ts';
import { sqsClient } from '../../adapters/queue/client.ts';
import { createQueue } from '../../adapters/queue/create-queue.ts';
import { startStoreThread } from '../../local/stores/store-thread.ts';
import { setEnvironment } from './local-environment.ts';

/** The embedded object storage and queue, on a temporary folder. */
export type TemporaryStores = { close(): Promise<void> };

const BUCKET = 'attune-data';
const QUEUE = 'attune-interactions';

const provision = async (): Promise<void> => {
  const [objects, queues] = [s3Client(), sqsClient()];
  await createBucket(objects, BUCKET);
  await createQueue({ client: queues, name: QUEUE, maxReceiveCount: 5, visibilitySeconds: 60 });
  objects.destroy();
  queues.destroy();
};

/** Starts them and points the SDK's environment at them. */
export const temporaryStores = async (): Promise<TemporaryStores> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'attune-bench-'));
  const file = new URL('../../local/stores/fauxqs-thread.ts', import.meta.url);
  const thread = await startStoreThread(file, { dataDir, region: 'us-east-1' });
  setEnvironment({
    ATTUNE_BUCKET: BUCKET,
    ATTUNE_INTERACTIONS_QUEUE_URL: `${thread.url}/000000000000/${QUEUE}`,
    AWS_ENDPOINT_URL_S3: thread.url,
    AWS_ENDPOINT_URL_SQS: thread.url,
  });
  await provision();
  return {
    close: async () => {
      await thread.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
