import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2WithJWTAuthorizer as HttpEvent,
  APIGatewayProxyStructuredResultV2 as HttpResult,
} from 'aws-lambda';
import { ulid } from 'ulid';
import { id } from '../../contracts/common.ts';
import type { EndpointInput, EndpointResult, EndpointShape } from '../../contracts/endpoint.ts';
import { actingUser, type Caller, requireKind } from '../../core/access/caller.ts';
import { DomainError, Invalid } from '../../core/errors.ts';
import { answer, answerForError, problemAnswer } from './answer.ts';
import { idempotencyKey, idempotently, requestIds } from './idempotency.ts';
import { callerOf, header, parseRequest } from './request.ts';
import { logger, metrics } from './telemetry.ts';

/** What a handler is called with: parsed input, who asks, for whom, and the moment of asking. */
export type EndpointRequest<E extends EndpointShape> = EndpointInput<E> & {
  caller: Caller;
  /** The user that the request is about, checked against the caller. */
  userId: string;
  /** ms since the epoch */
  now: number;
  newId: () => string;
};

/** A handler once its types were checked against its own contract. */
type Run = (
  request: EndpointRequest<EndpointShape>,
) => Promise<{ status: number; body: unknown; headers?: Record<string, string> }>;

const NOBODY: Caller = { sub: 'nobody', kind: 'user' };

const authorised = (endpoint: EndpointShape, event: HttpEvent): Caller | undefined => {
  if (endpoint.caller === 'nobody') return NOBODY;
  const caller = callerOf(event);
  if (caller) requireKind(caller, endpoint.caller);
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
  const caller = authorised(endpoint, event);
  if (!caller) return problemAnswer('unauthorized', 'The request carries no valid token', requestId);
  const input = parseRequest(endpoint, event) as EndpointInput<EndpointShape>;
  const userId = userOf(endpoint, caller, input, event);
  const now = Date.now();
  return idempotently({ endpoint, event, caller, now }, async () => {
    const newId = requestIds(idempotencyKey({ endpoint, event, caller }), () => ulid(now));
    const result = await run({ ...input, caller, userId, now, newId });
    return answer(endpoint, requestId, result);
  });
};

const guarded = async (
  work: () => Promise<HttpResult>,
  endpoint: EndpointShape,
  requestId: string,
): Promise<HttpResult> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) {
      logger.error('unhandled fault', { operationId: endpoint.operationId, error: error as Error });
      metrics.addMetric('UnhandledFaults', 'Count', 1);
    }
    return answerForError(error, requestId);
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
    .handler((event) =>
      guarded(
        () => respond(contract, run as unknown as Run, event),
        contract,
        event.requestContext.requestId,
      ),
    );
