import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Settings } from '../settings.ts';
import type { MeterReading } from './meter.ts';
import { type StoreThread, startStoreThread } from './store-thread.ts';

/** Names of the resources in the embedded stores; on AWS CloudFormation chooses them. */
const names = { table: 'attune', bucket: 'attune-data' } as const;

/** Queues by what they carry. */
const queueNames = { interactions: 'attune-interactions', insights: 'attune-insights' } as const;

/** A queue with its dead-letter queue. */
export type LocalQueue = { readonly name: string; readonly url: string; readonly deadLetterUrl: string };

export type LocalQueues = Readonly<Record<keyof typeof queueNames, LocalQueue>>;

/** The embedded stores, running. */
export type Stores = {
  readonly dynamodbUrl: string;
  /** SQS and S3. */
  readonly fauxqsUrl: string;
  readonly names: typeof names;
  readonly queues: LocalQueues;
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

const queueAt = (url: string, name: string): LocalQueue => {
  const queueUrl = `${url}/000000000000/${name}`;
  return { name, url: queueUrl, deadLetterUrl: `${queueUrl}-dlq` };
};

/** Starts both stores on their folders below the data folder. The table comes first: it holds the lock on the folder. */
export const startStores = async (settings: Settings): Promise<Stores> => {
  const { dataDir, region } = settings;
  mkdirSync(dataDir, { recursive: true });
  const dynalite = await startDynalite(settings);
  const fauxqsFile = new URL('./fauxqs-thread.ts', import.meta.url);
  const fauxqs = await startStoreThread(fauxqsFile, { dataDir: join(dataDir, 'queue'), region });
  return {
    dynamodbUrl: dynalite.url,
    fauxqsUrl: fauxqs.url,
    names,
    queues: {
      interactions: queueAt(fauxqs.url, queueNames.interactions),
      insights: queueAt(fauxqs.url, queueNames.insights),
    },
    readMeter: async () => (await dynalite.ask('meter')) as MeterReading,
    close: async () => {
      await Promise.all([dynalite.close(), fauxqs.close()]);
    },
  };
};
