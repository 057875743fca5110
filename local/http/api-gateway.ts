import type { IncomingMessage } from 'node:http';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import { handlerFile } from '../../contracts/registry.ts';
import { type Invoke, loadHandler } from '../lambda/load-handler.ts';
import { type gatewayAuthorizer, TokenRefused } from '../tokens/gateway-authorizer.ts';
import { type Answer, answerOf, problemAnswer } from './answers.ts';
import { gatewayEvent } from './gateway-event.ts';
import { BodyTooLarge, readBody } from './read-body.ts';
import { createRouter, type Match } from './router.ts';

type Gateway = {
  readonly endpoints: readonly EndpointShape[];
  readonly authorize: ReturnType<typeof gatewayAuthorizer>;
  readonly log: NodeJS.WritableStream;
};

/** One request as it comes in. */
export type Incoming = { readonly request: IncomingMessage; readonly url: URL; readonly requestId: string };

const faultAnswer = (error: unknown, requestId: string): Answer => {
  if (error instanceof TokenRefused) return problemAnswer('unauthorized', error.message, requestId);
  if (error instanceof BodyTooLarge) return problemAnswer('payload-too-large', error.message, requestId);
  return problemAnswer('internal', 'The request could not be handled', requestId);
};

/**
 * Stands where API Gateway stands on AWS: routes, checks the token, bounds the body, and calls the endpoint's Lambda with
 * the event that it would get there.
 */
export const apiGateway = ({ endpoints, authorize, log }: Gateway) => {
  const route = createRouter(endpoints);
  const handlers = new Map<string, Promise<Invoke>>();
  const handlerOf = ({ operationId }: EndpointShape): Promise<Invoke> => {
    const handler = handlers.get(operationId) ?? loadHandler(`api/${handlerFile(operationId)}.ts`);
    handlers.set(operationId, handler);
    return handler;
  };

  const call = async ({ request, url, requestId }: Incoming, match: Match): Promise<Answer> => {
    const claims =
      match.endpoint.caller === 'nobody' ? undefined : await authorize(request.headers.authorization);
    const body = await readBody(request);
    const invoke = await handlerOf(match.endpoint);
    return answerOf(
      await invoke(gatewayEvent({ request, requestId, match, url, claims, body }), { requestId }),
    );
  };

  const answer = async (incoming: Incoming): Promise<Answer> => {
    const { request, url, requestId } = incoming;
    const match = route(request.method ?? 'GET', url.pathname);
    if (!match) return problemAnswer('not-found', `There is no ${request.method} ${url.pathname}`, requestId);
    try {
      return await call(incoming, match);
    } catch (error) {
      const refused = faultAnswer(error, requestId);
      if (refused.status >= 500) log.write(`${requestId} ${error instanceof Error ? error.stack : error}\n`);
      return refused;
    }
  };

  /** Loads every Lambda, so that the first request does not wait for it. One that cannot be loaded answers 500 later. */
  const warmUp = async (): Promise<void> => {
    const loading = endpoints.map((endpoint) =>
      handlerOf(endpoint).catch((error: Error) =>
        log.write(`${endpoint.operationId} cannot be loaded: ${error.message}\n`),
      ),
    );
    await Promise.all(loading);
  };
  return { answer, warmUp };
};
