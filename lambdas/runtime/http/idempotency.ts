import { createHash } from 'node:crypto';
import type {
  APIGatewayProxyEventV2WithJWTAuthorizer as HttpEvent,
  APIGatewayProxyStructuredResultV2 as HttpResult,
} from 'aws-lambda';
import type { EndpointShape } from '../../../contracts/endpoint.ts';
import type { Caller } from '../../../core/access/caller.ts';
import { Conflict, DomainError, Invalid } from '../../../core/errors.ts';
import { idempotency } from '../ports/table-ports.ts';
import { header } from './request.ts';

type Attempt = { endpoint: EndpointShape; event: HttpEvent; caller: Caller; now: number };

const KEY = /^[\x21-\x7e]{1,200}$/;

/** The key of a request that wants to be done once, scoped to caller and operation; undefined where it brings none. */
export const idempotencyKey = ({
  endpoint,
  event,
  caller,
}: Omit<Attempt, 'now'>): { caller: string; key: string } | undefined => {
  if (event.requestContext.http.method !== 'POST') return undefined;
  const key = header(event, 'idempotency-key');
  if (key === undefined) return undefined;
  if (!KEY.test(key)) {
    throw new Invalid([
      { path: 'Idempotency-Key', message: 'must be 1-200 printable ASCII characters without spaces' },
    ]);
  }
  return { caller: `${caller.kind}:${caller.sub}`, key: `${endpoint.operationId}:${key}` };
};

/**
 * Ids for what a request makes. With an idempotency key they follow from it, so that a repeat after a crash between
 * work and answer makes the same things again and is counted once.
 */
export const requestIds = (key: ReturnType<typeof idempotencyKey>, random: () => string): (() => string) => {
  if (!key) return random;
  let made = 0;
  return () => {
    made += 1;
    const digest = createHash('sha256')
      .update(JSON.stringify([key.caller, key.key, made]))
      .digest('hex');
    return digest.slice(0, 26).toUpperCase();
  };
};

/** Two requests are the same where path, query, acting user and body are. */
const requestHash = (event: HttpEvent): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        event.rawPath,
        event.rawQueryString,
        header(event, 'x-user-id') ?? '',
        event.body ?? '',
      ]),
    )
    .digest('base64url');

/** A refused request did nothing; of one that broke off nobody knows how far it came. */
const isRefusal = (error: unknown): boolean => error instanceof DomainError && error.kind !== 'unavailable';

/**
 * Runs a POST that carries an `Idempotency-Key` once: a repeat gets the kept answer, the same key with another body is
 * a `Conflict`, and so is a repeat while the first is at work. A request that failed may be tried again. `work` gets the moment (ms) at which the request was
 * first at work: now, unless an attempt died, whose ids it makes again then.
 */
export const idempotently = async (
  attempt: Attempt,
  work: (begunAt: number) => Promise<HttpResult>,
): Promise<HttpResult> => {
  const key = idempotencyKey(attempt);
  if (!key) return work(attempt.now);
  const store = idempotency();
  const hash = requestHash(attempt.event);
  const begun = await store.begin(key, hash, attempt.now);
  if (begun.state === 'completed') return begun.answer as HttpResult;
  if (begun.state === 'in progress')
    throw new Conflict('A request with this Idempotency-Key is still at work');
  let result: HttpResult;
  try {
    result = await work(begun.firstAt);
  } catch (error) {
    await (isRefusal(error) ? store.release(key) : store.giveUp(key));
    throw error;
  }
  await store.complete(key, hash, result, attempt.now);
  return result;
};
