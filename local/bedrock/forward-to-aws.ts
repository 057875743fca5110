import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConverseCommand, type ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { type AwsKeys, bedrockClient } from '../../adapters/bedrock/client.ts';
import { readBody } from '../http/read-body.ts';

/** Where requests go, and with whose credentials. */
export type AwsAccess = {
  readonly region: string;
  /** Keys of the caller's environment; without them the profile's are looked up. */
  readonly keys?: AwsKeys | undefined;
  readonly profile: string;
  /** Default: the service's own of the region. */
  readonly endpoint?: string | undefined;
};

/** A way to the real service for functions that hold the keys of embedded stores. */
export type AwsForwarder = { readonly url: string; close(): Promise<void> };

const CONVERSE = /^\/model\/(.+)\/converse$/;

const send = (response: ServerResponse, status: number, value: unknown, headers = {}): void => {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
};

type ServiceError = Error & { $metadata?: { httpStatusCode?: number } };

/** An error of the service keeps its status; what went wrong before it was asked is a refusal (no credentials) or an outage. */
const sendError = (response: ServerResponse, { name, message, $metadata }: ServiceError): void => {
  const status = $metadata?.httpStatusCode;
  const denied = name === 'CredentialsProviderError';
  const own = denied ? 'AccessDeniedException' : 'ServiceUnavailableException';
  const type = status === undefined ? own : name;
  send(response, status ?? (denied ? 403 : 503), { message }, { 'x-amzn-errortype': type });
};

/**
 * Starts a server that passes Converse requests on to the real service, signed with the caller's credentials. So these reach neither
 * the functions nor the embedded stores, and the functions need not know where they run. Does not repeat: who asks does.
 */
export const startForwardToAws = async (access: AwsAccess): Promise<AwsForwarder> => {
  const client = bedrockClient({
    credentials: access.keys ?? defaultProvider({ profile: access.profile }),
    endpoint: access.endpoint ?? `https://bedrock-runtime.${access.region}.amazonaws.com`,
    region: access.region,
    attempts: 1,
  });

  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
    const modelId = CONVERSE.exec(path)?.[1];
    if (modelId === undefined || request.method !== 'POST') {
      send(response, 404, { message: 'Only Converse is passed on' });
      return;
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const input = JSON.parse((await readBody(request)).toString()) as Omit<ConverseCommandInput, 'modelId'>;
    const { $metadata: _, ...answer } = await client.send(new ConverseCommand({ ...input, modelId }), {
      abortSignal: gone.signal,
    });
    send(response, 200, answer);
  };

  const server = createServer((request, response) => {
    forward(request, response).catch((error: ServiceError) => sendError(response, error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      client.destroy();
    },
  };
};
