import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { s3Client } from '../../adapters/objects/client.ts';
import { createBucket } from '../../adapters/objects/create-bucket.ts';
import { startStoreThread } from '../../local/stores/store-thread.ts';
import { setEnvironment } from './local-environment.ts';

/** The embedded object storage (and queue), on a temporary folder. */
export type TemporaryBucket = { close(): Promise<void> };

const BUCKET = 'attune-data';

/** Starts it and points the SDK's environment at it. */
export const temporaryBucket = async (): Promise<TemporaryBucket> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'attune-bench-'));
  const file = new URL('../../local/stores/fauxqs-thread.ts', import.meta.url);
  const thread = await startStoreThread(file, { dataDir, region: 'us-east-1' });
  setEnvironment({ ATTUNE_BUCKET: BUCKET, AWS_ENDPOINT_URL_S3: thread.url });
  const client = s3Client();
  await createBucket(client, BUCKET);
  client.destroy();
  return {
    close: async () => {
      await thread.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
