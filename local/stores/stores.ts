import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Settings } from '../settings.ts';
import type { MeterReading } from './meter.ts';
import { type StoreThread, startStoreThread } from './store-thread.ts';

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

const LOCK_ATTEMPTS = 20;
const LOCK_PAUSE_MS = 250;

/** Opens the table's files; waits a little for a server that is just ending to let go of them. */
const startDynalite = async ({ dataDir, metered }: Settings): Promise<StoreThread> => {
  const file = new URL('./dynalite-thread.ts', import.meta.url);
  for (let attempt = 1; ; attempt++) {
    try {
      return await startStoreThread(file, { path: join(dataDir, 'table'), metered });
    } catch (cause) {
      const message = `The data folder ${dataDir} cannot be opened. Does another server use it?`;
      if (attempt === LOCK_ATTEMPTS) throw new Error(message, { cause });
      await delay(LOCK_PAUSE_MS);
    }
  }
};

/** Starts both stores on their folders below the data folder. The table comes first: it holds the lock on the folder. */
export const startStores = async (settings: Settings): Promise<Stores> => {
  const { dataDir, region } = settings;
  mkdirSync(dataDir, { recursive: true });
  const dynalite = await startDynalite(settings);
  const fauxqsFile = new URL('./fauxqs-thread.ts', import.meta.url);
  const fauxqs = await startStoreThread(fauxqsFile, { dataDir: join(dataDir, 'queue'), region });
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
