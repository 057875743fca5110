import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 as HttpResult } from 'aws-lambda';
import type { EndpointShape } from '../../../contracts/endpoint.ts';

const NOT_MODIFIED = 304;

/** Entity tag of a JSON value: equal values have the same (SHA-256). Key order counts. */
export const etagOf = (content: unknown): string =>
  `"${createHash('sha256').update(JSON.stringify(content)).digest('base64url')}"`;

/** Headers of an answer that a client may keep if it asks each time whether it is still right; `content` is what must be equal. */
export const taggedAs = (content: unknown): Record<string, string> => ({
  etag: etagOf(content),
  'cache-control': 'private, no-cache',
});

const TAG = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;

/** Whether an `If-None-Match` header names the tag: `*`, or a list of tags, weak ones among them (RFC 9110, 13.1.2). */
export const namesTag = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch.trim() === '*' || [...ifNoneMatch.matchAll(TAG)].some(([, opaque]) => opaque === etag);

/** A good answer as it is, or 304 without a body where the endpoint declares that and the client holds the same already. */
export const unlessHeld = (
  endpoint: EndpointShape,
  ifNoneMatch: string | undefined,
  result: HttpResult,
): HttpResult => {
  const etag = result.headers?.etag;
  if (!endpoint.responses[NOT_MODIFIED] || result.statusCode !== 200 || typeof etag !== 'string')
    return result;
  if (ifNoneMatch === undefined || !namesTag(ifNoneMatch, etag)) return result;
  const { 'content-type': _, ...headers } = result.headers ?? {};
  return { statusCode: NOT_MODIFIED, headers };
};
