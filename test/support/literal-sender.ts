import { endpoints, handlerFile } from '../../contracts/registry.ts';
import { createRouter } from '../../local/http/router.ts';
import type { LiteralRequest, Sender } from '../../scripts/literal-bodies/replay.ts';
import { SECOND } from './clock.ts';
import type { Engine } from './engine.ts';
import { asAdmin, asService, asUser, httpEvent } from './http-event.ts';

const route = createRouter(endpoints);

/** The endpoint that serves a request, and its route as the gateway names it; undefined where there is none. */
export const servedBy = ({ method, path }: Pick<LiteralRequest, 'method' | 'path'>) =>
  route(method, `/api${path.split('?')[0]}`);

const CLAIMS = { user: asUser('ada'), service: asService(), admin: asAdmin(), nobody: undefined };

/** Sends requests through the gateway's event of the route that each path is for, aliases included. */
export const literalSender = (engine: Engine): Sender => ({
  send: async (request) => {
    const match = servedBy(request);
    if (match === undefined) throw new Error(`no endpoint serves ${request.method} ${request.path}`);
    const { endpoint, params, routeKey } = match;
    const query = Object.fromEntries(new URLSearchParams(request.path.split('?')[1] ?? ''));
    const event = httpEvent(endpoint, {
      params,
      ...(Object.keys(query).length > 0 && { query }),
      ...(request.body !== undefined && { body: request.body }),
      ...(CLAIMS[request.as] && { claims: CLAIMS[request.as] }),
      route: endpoint.routes.findIndex(({ method, path }) => `${method} /api${path}` === routeKey),
    });
    const file = `api/${handlerFile(endpoint.operationId)}.ts`;
    const { statusCode, body } = (await engine.invoke(file, event)) as { statusCode: number; body?: string };
    await engine.drainQueue();
    return { status: statusCode, body: body ? JSON.parse(body) : undefined };
  },
  wait: async (seconds) => engine.clock.advance(seconds * SECOND),
});
