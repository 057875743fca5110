import { describe, expect, it, jest } from '@jest/globals';
import * as z from 'zod';
import { defineEndpoint } from '../../../../contracts/endpoint.ts';
import { problemDocument, problems } from '../../../../contracts/errors.ts';
import { Conflict, DomainError, Forbidden, Invalid, NotFound, Unavailable } from '../../../../core/errors.ts';
import { lambdaContext } from '../../../../local/lambda/lambda-context.ts';
import { asUser, httpEvent } from '../../../support/http-event.ts';

process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
process.env.ATTUNE_TABLE = 'none';
const { answer, answerForError } = await import('../../../../lambdas/runtime/http/answer.ts');
const { endpoint } = await import('../../../../lambdas/runtime/endpoint.ts');

const contract = defineEndpoint({
  operationId: 'sample',
  summary: 'A sample',
  tag: 'Test',
  routes: [{ method: 'GET', path: '/sample' }],
  caller: 'user',
  actsOnUser: true,
  request: { query: z.strictObject({ userId: z.string().optional() }) },
  responses: { 200: z.object({ name: z.string(), inner: z.object({ a: z.number() }).optional() }) },
  example: { response: { name: 'x' } },
});

const ask = async (run: () => Promise<{ status: 200; body: never }>) => {
  const event = httpEvent(contract, { claims: asUser('ada') });
  const result = (await endpoint(contract, run)(event as never, lambdaContext('sample', 'r'))) as {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
  };
  return { ...result, json: JSON.parse(result.body), requestId: event.requestContext.requestId };
};

describe('an answer', () => {
  it('holds what its schema declares and nothing else, at any depth', () => {
    const body = { name: 'x', secret: 's', inner: { a: 1, hidden: 2 } };
    const { statusCode, headers, body: text } = answer(contract, 'r-1', { status: 200, body });
    expect([statusCode, JSON.parse(text ?? '')]).toEqual([200, { name: 'x', inner: { a: 1 } }]);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-request-id': 'r-1',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  it('cannot have a status or a shape that is not declared', () => {
    expect(() => answer(contract, 'r', { status: 201, body: { name: 'x' } })).toThrow('does not declare');
    expect(() => answer(contract, 'r', { status: 200, body: { name: 7 } })).toThrow();
  });
});

describe('an error', () => {
  it.each([
    ['validation', new Invalid([{ path: 'a', message: 'is bad' }])],
    ['forbidden', new Forbidden()],
    ['not-found', new NotFound('no such thing')],
    ['conflict', new Conflict('changed meanwhile')],
    ['unavailable', new Unavailable('try again')],
    ['payload-too-large', new DomainError('payload-too-large', 'too large')],
  ] as const)('of the product is told in its own words: %s', (type, error) => {
    const { statusCode, headers, body } = answerForError(error, 'r-1');
    const document = problemDocument.strict().parse(JSON.parse(body ?? ''));
    expect(document).toMatchObject({
      type,
      status: statusCode,
      title: problems[type].title,
      detail: error.message,
    });
    expect(headers?.['content-type']).toBe('application/problem+json');
    expect(document.errors).toEqual(error.errors.length > 0 ? error.errors : undefined);
  });

  it.each([
    ['a fault of the program', new TypeError("Cannot read properties of undefined (reading 'secretTable')")],
    [
      'a fault of the store',
      Object.assign(new Error('arn:aws:dynamodb:eu:1:table/secretTable'), { name: 'AccessDenied' }),
    ],
    ['no error at all', 'secretTable'],
    ['something that looks like a problem', { kind: 'validation', message: 'secretTable', errors: [] }],
  ])('of any other kind tells nothing but the request id: %s', async (_, thrown) => {
    const { statusCode, json, body, requestId } = await ask(async () => {
      throw thrown;
    });
    expect(statusCode).toBe(500);
    expect(problemDocument.strict().parse(json)).toMatchObject({ type: 'internal', requestId });
    expect(body).not.toMatch(/secretTable|TypeError|AccessDenied/);
  });

  it('in the shape of an answer is a 500 too, without the words of the validator', async () => {
    const { statusCode, body } = await ask(async () => ({ status: 200, body: { name: 42 } as never }));
    expect(statusCode).toBe(500);
    expect(body).not.toMatch(/expected|string|number/);
  });

  it('reaches no handler that may not be called', async () => {
    const run = jest.fn<() => Promise<never>>();
    const event = httpEvent(contract, { claims: asUser('ada'), headers: { 'x-user-id': 'bob' } });
    const refused = (await endpoint(contract, run)(event as never, lambdaContext('sample', 'r'))) as {
      statusCode: number;
    };
    expect(refused.statusCode).toBe(403);
    expect(run).not.toHaveBeenCalled();
  });
});
