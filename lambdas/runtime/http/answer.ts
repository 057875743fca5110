import type { APIGatewayProxyStructuredResultV2 as HttpResult } from 'aws-lambda';
import type { EndpointShape } from '../../../contracts/endpoint.ts';
import { type ProblemDocument, problem } from '../../../contracts/errors.ts';
import { DomainError, RateLimited } from '../../../core/errors.ts';

const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** An answer through its declared schema, so that undeclared fields cannot leak. Throws where it does not fit. */
export const answer = (
  endpoint: EndpointShape,
  requestId: string,
  result: { status: number; body: unknown; headers?: Record<string, string> },
): HttpResult => {
  const schema = endpoint.responses[result.status];
  if (!schema) throw new Error(`${endpoint.operationId} does not declare the status ${result.status}`);
  return {
    statusCode: result.status,
    headers: { ...headers, ...result.headers, 'content-type': 'application/json', 'x-request-id': requestId },
    body: JSON.stringify(schema.parse(result.body)),
  };
};

/** What the outside learns of an error: domain errors in their own words, anything else nothing but the request id. */
const problemOf = (error: unknown, requestId: string): ProblemDocument =>
  error instanceof DomainError
    ? problem(error.kind, error.message, requestId, error.errors)
    : problem('internal', 'The fault was logged under this request id', requestId);

const retryAfter = (error: unknown): Record<string, string> =>
  error instanceof RateLimited ? { 'retry-after': String(error.retryAfterSeconds) } : {};

/** The problem document of an error as the answer (RFC 9457); `extend` adds the members of another protocol. */
export const answerForError = (
  error: unknown,
  requestId: string,
  extend: (document: ProblemDocument) => ProblemDocument = (document) => document,
): HttpResult => {
  const document = problemOf(error, requestId);
  return {
    statusCode: document.status,
    headers: {
      ...headers,
      ...retryAfter(error),
      'content-type': 'application/problem+json',
      'x-request-id': requestId,
    },
    body: JSON.stringify(extend(document)),
  };
};
