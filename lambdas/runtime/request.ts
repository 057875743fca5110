import type { APIGatewayProxyEventV2WithJWTAuthorizer as HttpEvent } from 'aws-lambda';
import type * as z from 'zod';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import { type Caller, callerFrom } from '../../core/access/caller.ts';
import { DomainError, type FieldError, Invalid } from '../../core/errors.ts';

const DEFAULT_MAX_BODY_BYTES = 256 * 1024;

const pathOf = (prefix: string, path: readonly PropertyKey[]): string =>
  [prefix, ...path.map(String)].filter((part) => part !== '').join('.');

const asFieldErrors = (prefix: string, issues: readonly z.core.$ZodIssue[]): FieldError[] =>
  issues.flatMap((issue): FieldError[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: pathOf(prefix, [...issue.path, key]),
        message: 'is not a known field',
      }));
    }
    return [{ path: pathOf(prefix, issue.path), message: issue.message }];
  });

/** One row per field of what a schema refused; the paths start with `prefix` where it is given. */
export const fieldErrors = (error: z.ZodError, prefix = ''): FieldError[] => {
  const rows = new Map<string, FieldError>();
  for (const row of asFieldErrors(prefix, error.issues)) if (!rows.has(row.path)) rows.set(row.path, row);
  return [...rows.values()].slice(0, 100);
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
    [params, decodedParameters(event), ''],
    [query, event.queryStringParameters ?? {}, ''],
    [body, body ? jsonBody(endpoint, event) : undefined, ''],
  ] as const;
  const errors: FieldError[] = [];
  const [parsedParams, parsedQuery, parsedBody] = parts.map(([schema, value, prefix]) => {
    if (!schema) return undefined;
    const result = schema.safeParse(value);
    if (!result.success) errors.push(...fieldErrors(result.error, prefix));
    return result.data;
  });
  if (errors.length > 0) throw new Invalid(errors);
  return { params: parsedParams, query: parsedQuery, body: parsedBody };
};

const decodedParameters = (event: HttpEvent): Record<string, string> =>
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
  return { errors: fieldErrors(result.error), ...(typeof itemId === 'string' ? { itemId } : {}) };
};
