import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoClient } from '../../adapters/dynamodb/client.ts';
import { createTable } from '../../adapters/dynamodb/create-table.ts';
import { startStoreThread } from '../../local/stores/store-thread.ts';
import { setEnvironment } from './local-environment.ts';

/** The embedded table in memory, in a thread of its own, asked over HTTP as the product asks it. */
export type MemoryTable = {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  close(): Promise<void>;
};

const TABLE = 'attune';

/** Starts one and points the SDK's environment at it, so that handlers in this process find it as well. */
export const memoryTable = async (): Promise<MemoryTable> => {
  const file = new URL('../../local/stores/dynalite-thread.ts', import.meta.url);
  const thread = await startStoreThread(file, { path: undefined, metered: false });
  setEnvironment({ ATTUNE_TABLE: TABLE, AWS_ENDPOINT_URL_DYNAMODB: thread.url });
  const client = dynamoClient();
  await createTable(client, TABLE);
  return {
    client,
    tableName: TABLE,
    close: async () => {
      client.destroy();
      await thread.close();
    },
  };
};
