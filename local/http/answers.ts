import type { ServerResponse } from 'node:http';
import { type ProblemType, problem } from '../../contracts/errors.ts';

/** An answer before it is written. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  readonly cookies?: readonly string[];
};

type LambdaResult = {
  readonly statusCode?: number;
  readonly headers?: Record<string, string | number | boolean>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly cookies?: string[];
};

export const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** A fault that the gateway finds before any Lambda is called. */
export const problemAnswer = (
  type: ProblemType,
  detail: string,
  requestId: string,
  errors?: { path: string; message: string }[],
): Answer => {
  const document = problem(type, detail, requestId, errors);
  const challenge: Record<string, string> = type === 'unauthorized' ? { 'www-authenticate': 'Bearer' } : {};
  return {
    status: document.status,
    headers: { 'content-type': 'application/problem+json', ...challenge },
    body: JSON.stringify(document),
  };
};

/** Reads a Lambda's result by the rules of payload format 2.0: without a status it is the body of a 200. */
export const answerOf = (result: unknown): Answer => {
  const shaped = result as LambdaResult | undefined;
  if (shaped?.statusCode === undefined) return json(200, result);
  const headers = Object.entries(shaped.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  const body = shaped.body ?? '';
  return {
    status: shaped.statusCode,
    headers: Object.fromEntries(headers),
    body: shaped.isBase64Encoded ? Buffer.from(body, 'base64') : body,
    cookies: shaped.cookies,
  };
};

/** Writes the answer, with the request's id. */
export const writeAnswer = (response: ServerResponse, answer: Answer, requestId: string): void => {
  if (response.destroyed) return;
  response.writeHead(answer.status, {
    'x-request-id': requestId,
    ...answer.headers,
    ...(answer.cookies ? { 'set-cookie': [...answer.cookies] } : {}),
    ...(answer.status === 304 ? {} : { 'content-length': Buffer.byteLength(answer.body) }),
  });
  response.end(answer.body);
};
