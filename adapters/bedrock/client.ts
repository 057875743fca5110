import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Keys of an AWS account, or what finds them. */
export type AwsKeys = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

export type BedrockClientOptions = {
  /** Default: as the SDK finds them; on Lambda those of the execution role. */
  readonly credentials?: AwsKeys | (() => Promise<AwsKeys>);
  /** Default: `AWS_ENDPOINT_URL_BEDROCK_RUNTIME`, or that of the service in the region. */
  readonly endpoint?: string;
  /** Default: `AWS_REGION`. */
  readonly region?: string;
  /** Requests for one answer, the first one included. */
  readonly attempts?: number;
};

const ATTEMPTS = 3;

/** Until a connection is there. How long an answer may take is told with each request. */
const CONNECTION_MS = 1_000;

const CONNECTIONS = { keepAlive: true, maxSockets: 10 };

/**
 * Bedrock client of one process. What is throttled, breaks or does not connect is tried again in the SDK's standard mode: exponential
 * back-off with full jitter, and a bucket of retry tokens that ends retries while everything fails.
 *
 * HTTP/1.1 in place of the SDK's HTTP/2: a session does not outlive the time that a function is frozen, a broken connection of
 * HTTP/1.1 is simply replaced.
 */
export const bedrockClient = ({
  credentials,
  endpoint,
  region,
  attempts = ATTEMPTS,
}: BedrockClientOptions = {}): BedrockRuntimeClient => {
  const client = new BedrockRuntimeClient({
    ...(credentials === undefined ? {} : { credentials }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    maxAttempts: attempts,
    retryMode: 'standard',
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_MS,
      httpAgent: CONNECTIONS,
      httpsAgent: CONNECTIONS,
    }),
  });
  // Without a logger it still copies every request and answer for one.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
};
