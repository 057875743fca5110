import type { APIGatewayProxyStructuredResultV2 as HttpResult } from 'aws-lambda';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import { type ProblemType, problem, problems } from '../../contracts/errors.ts';
import { DomainError } from '../../core/errors.ts';

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

/** A problem document as the answer (RFC 9457). */
export const problemAnswer = (
  type: ProblemType,
  detail: string,
  requestId: string,
  errors?: DomainError['errors'],
): HttpResult => ({
  statusCode: problems[type].status,
  headers: { ...headers, 'content-type': 'application/problem+json', 'x-request-id': requestId },
  body: JSON.stringify(problem(type, detail, requestId, errors)),
});

/** What the outside learns of an error: domain errors in their own words, anything else nothing but the request id. */
export const answerForError = (error: unknown, requestId: string): HttpResult =>
  error instanceof DomainError
    ? problemAnswer(error.kind, error.message, requestId, error.errors)
    : problemAnswer('internal', 'The fault was logged under this request id', requestId);
