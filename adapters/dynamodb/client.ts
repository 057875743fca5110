import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export type DynamoClientOptions = { readonly endpoint?: string; readonly region?: string };

/** A table that answers takes 5-20 ms; what takes longer than this is tried again on another connection. */
const TIME_OUTS = { connectionTimeout: 1_000, requestTimeout: 3_000 };

const CONNECTIONS = { keepAlive: true, maxSockets: 50 };

/**
 * A client for the table: connections are kept, time-outs are short, faults are retried 4 times. Without options the
 * SDK's own settings hold (region and `AWS_ENDPOINT_URL_DYNAMODB` from the environment).
 */
export const dynamoClient = ({ endpoint, region }: DynamoClientOptions = {}): DynamoDBClient => {
  const client = new DynamoDBClient({
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    maxAttempts: 5,
    requestHandler: { ...TIME_OUTS, httpAgent: CONNECTIONS, httpsAgent: CONNECTIONS },
  });
  // Without a logger it still copies every request and answer for one: a tenth of a recommendation's processor time.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
};
