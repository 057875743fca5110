import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { dynamoClient } from '../../adapters/dynamodb/client.ts';
import { createTable } from '../../adapters/dynamodb/create-table.ts';

export type TestTable = { client: DynamoDBClient; tableName: string; close(): Promise<void> };

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'eu-central-1' };

const listen = (server: Server): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/**
 * A fresh table for one suite: on the DynamoDB at `ATTUNE_DYNAMODB_ENDPOINT`, or on a dynalite of its own, in this
 * process and in memory.
 */
export const testTable = async (): Promise<TestTable> => {
  Object.assign(process.env, CREDENTIALS);
  const given = process.env.ATTUNE_DYNAMODB_ENDPOINT;
  const server = given ? undefined : dynalite({ createTableMs: 0, deleteTableMs: 0 });
  const endpoint = given ?? (await listen(server as Server));
  const client = dynamoClient({ endpoint, region: CREDENTIALS.AWS_REGION });
  const tableName = `attune-test-${process.pid}-${Math.random().toString(36).slice(2, 10)}`;
  await createTable(client, tableName);
  return {
    client,
    tableName,
    close: async () => {
      client.destroy();
      if (server) await close(server);
    },
  };
};
