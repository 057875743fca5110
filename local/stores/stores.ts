import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../settings.ts';
import type { MeterReading } from './meter.ts';
import { startStoreThread } from './store-thread.ts';

/** Names of the resources in the embedded stores; on AWS CloudFormation chooses them. */
const names = { table: 'attune', queue: 'attune-interactions', bucket: 'attune-data' } as const;

/** The embedded stores, running. */
export type Stores = {
  readonly dynamodbUrl: string;
  /** SQS and S3. */
  readonly fauxqsUrl: string;
  readonly names: typeof names;
  readonly queueUrl: string;
  readonly deadLetterUrl: string;
  readMeter(): Promise<MeterReading>;
  close(): Promise<void>;
};

/** Starts both stores on their folders below the data folder, side by side. */
export const startStores = async ({ dataDir, region, metered }: Settings): Promise<Stores> => {
  mkdirSync(dataDir, { recursive: true });
  const [dynalite, fauxqs] = await Promise.all([
    startStoreThread(new URL('./dynalite-thread.ts', import.meta.url), {
      path: join(dataDir, 'table'),
      metered,
    }),
    startStoreThread(new URL('./fauxqs-thread.ts', import.meta.url), {
      dataDir: join(dataDir, 'queue'),
      region,
    }),
  ]);
  const queueUrl = `${fauxqs.url}/000000000000/${names.queue}`;
  return {
    dynamodbUrl: dynalite.url,
    fauxqsUrl: fauxqs.url,
    names,
    queueUrl,
    deadLetterUrl: `${queueUrl}-dlq`,
    readMeter: async () => (await dynalite.ask('meter')) as MeterReading,
    close: async () => {
      await Promise.all([dynalite.close(), fauxqs.close()]);
    },
  };
};
