import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStoreThread } from '../../local/stores/store-thread.ts';

/** An SQS and S3 of its own for one test file, kept in a temporary folder. */
export type TestFauxqs = { readonly endpoint: string; close(): Promise<void> };

/** Starts it and points the SDK's environment at it. */
export const startTestFauxqs = async (): Promise<TestFauxqs> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'attune-fauxqs-'));
  const file = new URL('../../local/stores/fauxqs-thread.ts', import.meta.url);
  const thread = await startStoreThread(file, { dataDir, region: 'us-east-1' });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SQS: thread.url,
    AWS_ENDPOINT_URL_S3: thread.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  return {
    endpoint: thread.url,
    close: async () => {
      await thread.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

/** The URL of a queue by its name. */
export const queueUrl = ({ endpoint }: TestFauxqs, name: string): string =>
  `${endpoint}/000000000000/${name}`;
