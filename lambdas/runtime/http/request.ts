import type { APIGatewayProxyEventV2WithJWTAuthorizer as HttpEvent } from 'aws-lambda';
import type * as z from 'zod';
import type { EndpointShape } from '../../../contracts/endpoint.ts';
import { type Caller, callerFrom } from '../../../core/access/caller.ts';
import { DomainError, type FieldError, Invalid } from '../../../core/errors.ts';

const DEFAULT_MAX_BODY_BYTES = 256 * 1024;

/** Rows of one answer, and of one element of a bulk answer: 5,000 elements must fit what a Lambda may answer. */
const MOST_ROWS = 100;
const MOST_ROWS_OF_ELEMENT = 10;
const LONGEST_PATH = 200;

const pathOf = (path: readonly PropertyKey[], whole: string): string =>
  path.map(String).join('.').slice(0, LONGEST_PATH) || whole;

const messageOf = ({ message }: z.core.$ZodIssue): string =>
  message.endsWith('received undefined') ? 'is required' : message;

/** A schema's own words about an unknown field, where it has any. */
const unknownFieldMessage = ({ message }: z.core.$ZodIssue): string =>
  message.startsWith('Unrecognized key') ? 'is not a known field' : message;

const asFieldErrors = (issues: readonly z.core.$ZodIssue[], whole: string): FieldError[] =>
  issues.flatMap((issue): FieldError[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: pathOf([...issue.path, key], whole),
        message: unknownFieldMessage(issue),
      }));
    }
    return [{ path: pathOf(issue.path, whole), message: messageOf(issue) }];
  });

/** One row per field of what a schema refused; `whole` names the value itself. */
export const fieldErrors = (error: z.ZodError, whole: string, most = MOST_ROWS): FieldError[] => {
  const rows = new Map<string, FieldError>();
  for (const row of asFieldErrors(error.issues, whole)) if (!rows.has(row.path)) rows.set(row.path, row);
  return [...rows.values()].slice(0, most);
};

const rawBody = (event: HttpEvent): string =>
  event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? '');

/** The body as JSON; undefined where there is none. Throws `payload-too-large` or `Invalid`. */
const jsonBody = (endpoint: EndpointShape, event: HttpEvent): unknown => {
  const text = rawBody(event);
  const most = endpoint.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  if (Buffer.byteLength(text) > most) {
    throw new DomainError('payload-too-large', `The body is larger than ${most} bytes`);
  }
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid([{ path: 'body', message: 'is not valid JSON' }]);
  }
};

/** Path, query and body of a request through the endpoint's schemas; throws `Invalid` with every faulty field. */
export const parseRequest = (endpoint: EndpointShape, event: HttpEvent) => {
  const { params, query, body } = endpoint.request;
  const parts = [
    [params, pathParameters(event), 'path'],
    [query, event.queryStringParameters ?? {}, 'query'],
    [body, body ? jsonBody(endpoint, event) : undefined, 'body'],
  ] as const;
  const errors: FieldError[] = [];
  const [parsedParams, parsedQuery, parsedBody] = parts.map(([schema, value, whole]) => {
    if (!schema) return undefined;
    const result = schema.safeParse(value);
    if (!result.success) errors.push(...fieldErrors(result.error, whole));
    return result.data;
  });
  if (errors.length > 0) throw new Invalid(errors);
  return { params: parsedParams, query: parsedQuery, body: parsedBody };
};

/** The parameters of the path, decoded. */
export const pathParameters = (event: HttpEvent): Record<string, string> =>
  Object.fromEntries(
    Object.entries(event.pathParameters ?? {}).map(([name, value]) => [name, decoded(value ?? '')]),
  );

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** API Gateway hands lists over as `[a b]`; identity providers as `a b` or `a,b`. */
const listClaim = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.map(String)
    : String(value ?? '')
        .replace(/^\[|\]$/g, '')
        .split(/[\s,]+/)
        .filter(Boolean);

/** The caller that the gateway's JWT authorizer let through; undefined where the route asks for no token. */
export const callerOf = (event: HttpEvent): Caller | undefined => {
  const claims = event.requestContext.authorizer?.jwt?.claims;
  if (!claims?.sub) return undefined;
  return callerFrom(String(claims.sub), listClaim(claims.scope), listClaim(claims['cognito:groups']));
};

/** A header by its lower-case name. */
export const header = (event: HttpEvent, name: string): string | undefined => event.headers?.[name];

/** One element of a bulk call through its schema: the value under `name`, or the faults of its fields. */
export const checked = <S extends z.ZodType, N extends string>(schema: S, value: unknown, name: N) => {
  const result = schema.safeParse(value);
  if (result.success) return { [name]: result.data } as { [K in N]: z.output<S> } & { errors?: undefined };
  const itemId = (value as { itemId?: unknown } | null)?.itemId;
  return {
    errors: fieldErrors(result.error, 'element', MOST_ROWS_OF_ELEMENT),
    ...(typeof itemId === 'string' ? { itemId: itemId.slice(0, LONGEST_PATH) } : {}),
  };
};
