import { describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEventV2WithJWTAuthorizer as HttpEvent } from 'aws-lambda';
import * as z from 'zod';
import { id, limit, word } from '../../../../contracts/common.ts';
import { defineEndpoint } from '../../../../contracts/endpoint.ts';
import type { DomainError } from '../../../../core/errors.ts';
import { callerOf, checked, parseRequest } from '../../../../lambdas/runtime/http/request.ts';
import { httpEvent, type TestRequest } from '../../../support/http-event.ts';

const endpoint = defineEndpoint({
  operationId: 'sample',
  summary: 'A sample',
  tag: 'Test',
  routes: [{ method: 'POST', path: '/samples/{sampleId}' }],
  caller: 'user',
  actsOnUser: false,
  maxBodyBytes: 1_000,
  request: {
    params: z.strictObject({ sampleId: id }),
    query: z.strictObject({ limit }),
    body: z.strictObject({
      name: word,
      size: z.number().int().max(9),
      inner: z.strictObject({ a: word }).optional(),
    }),
  },
  responses: { 200: z.object({}) },
  example: { response: {} },
});

const event = (request: TestRequest) => httpEvent(endpoint, request) as unknown as HttpEvent;
const good: TestRequest = { params: { sampleId: 's-1' }, body: { name: ' x ', size: 3 } };
const parse = (change: TestRequest = {}) => parseRequest(endpoint, event({ ...good, ...change }));

const errorOf = (work: () => unknown): DomainError => {
  try {
    work();
  } catch (error) {
    return error as DomainError;
  }
  throw new Error('was not refused');
};
const refusal = (change: TestRequest): DomainError => errorOf(() => parse(change));
const rows = (change: TestRequest) =>
  refusal(change)
    .errors.map(({ path }) => path)
    .sort();

describe('a request', () => {
  it('is parsed: trimmed, converted, with defaults', () => {
    expect(parse({ query: { limit: '7' } })).toEqual({
      params: { sampleId: 's-1' },
      query: { limit: 7 },
      body: { name: 'x', size: 3 },
    });
    expect(parse().query).toEqual({ limit: 20 });
  });

  it('is refused with one row for each faulty field, of path, query and body together', () => {
    const request = {
      params: { sampleId: 'a b' },
      query: { limit: '0', page: '2' },
      body: { size: 'big', extra: 1, inner: { a: '', b: 2 } },
    };
    expect(rows(request)).toEqual([
      'extra',
      'inner.a',
      'inner.b',
      'limit',
      'name',
      'page',
      'sampleId',
      'size',
    ]);
  });

  it('names the body itself where that is the fault', () => {
    for (const rawBody of ['{', '', '   ', 'null', '[]', '"x"', '7'])
      expect(rows({ rawBody })).toEqual(['body']);
  });

  it('says what is missing without the words of the validator', () => {
    expect(refusal({ body: { size: 1 } }).errors).toEqual([{ path: 'name', message: 'is required' }]);
  });

  it('is measured in bytes, before it is parsed', () => {
    const kind = (rawBody: string) => refusal({ rawBody }).kind;
    expect(kind(`{"name":"${'ě'.repeat(600)}"`)).toBe('payload-too-large');
    expect(kind(`{"name":"${'e'.repeat(600)}"`)).toBe('validation');
  });

  it('may come in base 64', () => {
    const encoded = {
      ...event(good),
      isBase64Encoded: true,
      body: Buffer.from('{"name":"ě","size":1}').toString('base64'),
    };
    expect(parseRequest(endpoint, encoded).body).toEqual({ name: 'ě', size: 1 });
  });

  it('may have an encoded id in its path, and one that cannot be decoded is no id', () => {
    expect(parse({ params: { sampleId: 'a%40b' } }).params).toEqual({ sampleId: 'a@b' });
    expect(rows({ params: { sampleId: '%zz' } })).toEqual(['sampleId']);
  });

  it('lists a hundred faults at most, with paths of bounded length', () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`f${at}`, 1]));
    const roomy = { ...endpoint, maxBodyBytes: 10_000 };
    const body = { name: 'x', size: 1, ['k'.repeat(400)]: 1, ...many };
    const { errors } = errorOf(() => parseRequest(roomy, event({ ...good, body })));
    expect(errors).toHaveLength(100);
    expect(errors[0]?.path).toBe('k'.repeat(200));
  });
});

describe('the caller', () => {
  const caller = (claims?: Record<string, unknown>) => callerOf(event({ claims }));

  it.each([
    ['a scope string', { sub: 'x', scope: 'openid personalization/service' }, 'service'],
    ['a group list as API Gateway writes it', { sub: 'x', 'cognito:groups': '[admin service]' }, 'admin'],
    ['one group as API Gateway writes it', { sub: 'x', 'cognito:groups': '[service]' }, 'service'],
    ['a group list with commas', { sub: 'x', 'cognito:groups': 'readers,admin' }, 'admin'],
    ['groups as a list', { sub: 'x', 'cognito:groups': ['admin'] }, 'admin'],
    ['an empty list', { sub: 'x', 'cognito:groups': '[]', scope: '' }, 'user'],
    ['nothing but a subject', { sub: 'x' }, 'user'],
    ['a scope that only looks like one', { sub: 'x', scope: 'personalization/administrator admin' }, 'user'],
  ])('comes from %s', (_, claims, kind) => {
    expect(caller(claims)).toEqual({ sub: 'x', kind });
  });

  it('is nobody without a token or a subject', () => {
    expect(caller()).toBeUndefined();
    expect(caller({ scope: 'personalization/admin' })).toBeUndefined();
    expect(caller({ sub: '' })).toBeUndefined();
  });
});

describe('an element of a bulk call', () => {
  const schema = z.strictObject({ itemId: id, title: word });

  it('is parsed, or refused with its faults and its id', () => {
    expect(checked(schema, { itemId: 'i', title: ' t ' }, 'input')).toEqual({
      input: { itemId: 'i', title: 't' },
    });
    expect(checked(schema, { itemId: 'i' }, 'input')).toEqual({
      itemId: 'i',
      errors: [{ path: 'title', message: 'is required' }],
    });
    for (const value of [null, 7, 'x', []]) {
      expect(checked(schema, value, 'input').errors).toMatchObject([{ path: 'element' }]);
    }
  });
});
