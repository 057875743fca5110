import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import { answerOf } from '../../local/http/answers.ts';
import { gatewayEvent } from '../../local/http/gateway-event.ts';
import { readBody } from '../../local/http/read-body.ts';

const match = { endpoint: {} as EndpointShape, routeKey: 'POST /api/x/{id}', params: { id: 'a b' } };

const eventOf = async (request: IncomingMessage, claims?: Record<string, string>) => {
  const url = new URL(request.url ?? '', 'http://localhost');
  return gatewayEvent({ request, requestId: 'r-1', match, url, claims, body: await readBody(request) });
};

let last: Awaited<ReturnType<typeof eventOf>>;
const server = createServer(async (request, response) => {
  last = await eventOf(request, request.headers.authorization ? { sub: 'ada' } : undefined);
  response.end();
});

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

const send = async (path: string, init: RequestInit = {}) => {
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
    method: 'POST',
    ...init,
  });
  return last;
};

describe('gatewayEvent', () => {
  it('has the shape of payload format 2.0', async () => {
    const event = await send('/api/x/a%20b?limit=2&type=a&type=b', {
      headers: {
        authorization: 'Bearer t',
        'X-User-ID': 'ada',
        cookie: 'a=1; b=2',
        'content-type': 'application/json',
      },
      body: '{"a":1}',
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /api/x/{id}',
      rawPath: '/api/x/a%20b',
      rawQueryString: 'limit=2&type=a&type=b',
      queryStringParameters: { limit: '2', type: 'a,b' },
      pathParameters: { id: 'a b' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-user-id': 'ada' },
      body: '{"a":1}',
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'POST', path: '/api/x/a%20b' },
        requestId: 'r-1',
        stage: '$default',
        authorizer: { jwt: { claims: { sub: 'ada' }, scopes: null } },
      },
    });
    expect(event.headers).not.toHaveProperty('cookie');
  });

  it('hands other than text over in base 64, and leaves out what is not there', async () => {
    const binary = await send('/api/x/1', {
      headers: { 'content-type': 'application/octet-stream' },
      body: 'ab',
    });
    expect(binary).toMatchObject({ body: 'YWI=', isBase64Encoded: true });
    const bare = await send('/api/x/1', { headers: { 'content-type': 'application/json' } });
    expect(bare).not.toHaveProperty('body');
    expect(bare).not.toHaveProperty('queryStringParameters');
    expect(bare.requestContext).not.toHaveProperty('authorizer');
  });
});

describe('answerOf', () => {
  it('takes a result without a status as the body of a 200', () => {
    expect(answerOf({ a: 1 })).toMatchObject({ status: 200, body: '{"a":1}' });
  });

  it('decodes base 64 and lowers the names of headers', () => {
    const answer = answerOf({
      statusCode: 304,
      headers: { ETag: '"x"', Age: 3 },
      body: 'YWI=',
      isBase64Encoded: true,
    });
    expect(answer).toMatchObject({
      status: 304,
      headers: { etag: '"x"', age: '3' },
      body: Buffer.from('ab'),
    });
  });
});
