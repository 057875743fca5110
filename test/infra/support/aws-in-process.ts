import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One request as AWS would have got it. */
export type Sent = {
  readonly host: string;
  /** `GetItem`, `PutEvents`; of S3 the method. */
  readonly action: string;
  /** Of a service that is spoken to by paths. */
  readonly path: string;
  readonly authorization: string;
  readonly token: string;
  readonly body: string;
};

export type AwsAnswer = { readonly status: number; readonly body: string };

/**
 * Takes every HTTPS request of this process to a server of its own, so that code which finds AWS by itself (no endpoint is set)
 * can be heard. Must be called before that code is loaded.
 */
export const hearAws = async (answer: (sent: Sent) => AwsAnswer) => {
  const heard: Sent[] = [];
  const server = http.createServer(async (request, response) => {
    const { host = '', authorization = '' } = request.headers;
    const target = String(request.headers['x-amz-target'] ?? request.method);
    const token = String(request.headers['x-amz-security-token'] ?? '');
    const body = await text(request);
    const action = target.split('.').at(-1) ?? '';
    const sent = { host, action, path: request.url ?? '', authorization, token, body };
    heard.push(sent);
    const answered = answer(sent);
    response.writeHead(answered.status).end(answered.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const here = { protocol: 'http:', host: '127.0.0.1', hostname: '127.0.0.1', port, agent: undefined };
  https.request = ((options: RequestOptions, onResponse: (response: IncomingMessage) => void) =>
    http.request({ ...options, ...here }, onResponse)) as typeof https.request;
  syncBuiltinESMExports();
  return { take: (): Sent[] => heard.splice(0) };
};
