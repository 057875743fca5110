import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2WithJWTAuthorizer as HttpEvent,
  APIGatewayProxyStructuredResultV2 as HttpResult,
} from 'aws-lambda';

import { id } from '../../contracts/common.ts';
import type { EndpointInput, EndpointResult, EndpointShape } from '../../contracts/endpoint.ts';
import { actingUser, type Caller, requireKind } from '../../core/access/caller.ts';
import { DomainError, Invalid, RateLimited, Unauthorized } from '../../core/errors.ts';
import { answer, answerForError } from './http/answer.ts';
import { debugging } from './http/debugging.ts';
import { unlessHeld } from './http/etag.ts';
import { idempotencyKey, idempotently, requestIds } from './http/idempotency.ts';
import { secondsToWait } from './http/rate-limit.ts';
import { callerOf, header, parseRequest, pathParameters } from './http/request.ts';
import { newUlid } from './new-ulid.ts';
import { logger, metrics } from './telemetry.ts';

/** What a handler is called with: parsed input, who asks, for whom, and the moment of asking. */
export type EndpointRequest<E extends EndpointShape> = EndpointInput<E> & {
  caller: Caller;
  /** The user that the request is about, checked against the caller. */
  userId: string;
  /** ms since the epoch */
  now: number;
  /** When the request was first at work (ms): before now where it repeats, by its idempotency key, one that died. */
  begunAt: number;
  newId: () => string;
  /** The name by which the API was called. */
  host: string;
};

/** A handler once its types were checked against its own contract. */
type Run = (
  request: EndpointRequest<EndpointShape>,
) => Promise<{ status: number; body: unknown; headers?: Record<string, string> }>;

const NOBODY: Caller = { sub: 'nobody', kind: 'user' };

/** Who asks, allowed to call this endpoint at all, and now. */
const authorised = (endpoint: EndpointShape, event: HttpEvent, now: number): Caller => {
  if (endpoint.caller === 'nobody') return NOBODY;
  const caller = callerOf(event);
  if (!caller) throw new Unauthorized();
  const wait = secondsToWait(caller, now);
  if (wait > 0) throw new RateLimited(wait);
  requireKind(caller, endpoint.caller);
  return caller;
};

const userOf = (
  endpoint: EndpointShape,
  caller: Caller,
  input: { params: unknown; query: unknown; body: unknown },
  event: HttpEvent,
) => {
  if (!endpoint.actsOnUser) return caller.sub;
  const named = (part: unknown) => (part as { userId?: string } | undefined)?.userId;
  const fromHeader = header(event, 'x-user-id');
  if (fromHeader !== undefined && !id.safeParse(fromHeader).success) {
    throw new Invalid([{ path: 'X-User-ID', message: 'must be 1-128 characters of [A-Za-z0-9._:@-]' }]);
  }
  const userId = actingUser(caller, {
    path: named(input.params),
    body: named(input.body),
    query: named(input.query),
    header: fromHeader,
  });
  if (!id.safeParse(userId).success) {
    throw new Invalid([{ path: 'sub', message: 'is not an id: name the user in the request' }]);
  }
  return userId;
};

const respond = async (endpoint: EndpointShape, run: Run, event: HttpEvent): Promise<HttpResult> => {
  const requestId = event.requestContext.requestId;
  const now = Date.now();
  const caller = authorised(endpoint, event, now);
  const withTrail = debugging(caller);
  const input = parseRequest(endpoint, event) as EndpointInput<EndpointShape>;
  const userId = userOf(endpoint, caller, input, event);
  const whole = await idempotently({ endpoint, event, caller, now }, async (begunAt) => {
    const newId = requestIds(idempotencyKey({ endpoint, event, caller }), () => newUlid(now));
    const host = event.requestContext.domainName;
    const result = await run({ ...input, caller, userId, now, begunAt, newId, host });
    return answer(endpoint, requestId, result);
  });
  return withTrail(unlessHeld(endpoint, header(event, 'if-none-match'), whole));
};

const guarded = async (endpoint: EndpointShape, run: Run, event: HttpEvent): Promise<HttpResult> => {
  try {
    return await respond(endpoint, run, event);
  } catch (error) {
    if (!(error instanceof DomainError)) {
      logger.error('unhandled fault', { operationId: endpoint.operationId, error: error as Error });
      metrics.addMetric('UnhandledFaults', 'Count', 1);
    }
    if (error instanceof RateLimited) metrics.addMetric('RateLimited', 'Count', 1);
    const { extendProblem } = endpoint;
    return answerForError(
      error,
      event.requestContext.requestId,
      extendProblem && ((document) => extendProblem(document, pathParameters(event))),
    );
  }
};

/**
 * The function behind one endpoint: parse, authorise, run, answer. Domain errors become problem documents, anything
 * else a 500 without internals. `run` decides nothing: it calls one core function.
 */
export const endpoint = <E extends EndpointShape, const R extends EndpointResult<NoInfer<E>>>(
  contract: E,
  run: (request: EndpointRequest<NoInfer<E>>) => Promise<R>,
) =>
  middy<HttpEvent, HttpResult>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics, { captureColdStartMetric: true }))
    .handler((event) => guarded(contract, run as unknown as Run, event));
