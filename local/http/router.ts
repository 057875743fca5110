import findMyWay, { type HTTPMethod } from 'find-my-way';
import type { EndpointShape, Route } from '../../contracts/endpoint.ts';

/** Base path of every endpoint. */
export const basePath = '/api';

/** The endpoint that answers a request, with its path parameters decoded. */
export type Match = {
  readonly endpoint: EndpointShape;
  /** As API Gateway names it, e.g. `GET /api/profile/{userId}`. */
  readonly routeKey: string;
  readonly params: Record<string, string>;
};

type Registered = Pick<Match, 'endpoint' | 'routeKey'>;

const LONGEST_PARAMETER = 4_096;

const pattern = (path: string): string => basePath + path.replaceAll(/\{(\w+)\}/g, ':$1');

/** Finds endpoints by method and path, aliases included; answers undefined where there is none, also for another method. */
export const createRouter = (endpoints: readonly EndpointShape[]) => {
  const router = findMyWay({ maxParamLength: LONGEST_PARAMETER });
  const nothing = () => undefined;
  const register = (endpoint: EndpointShape, { method, path }: Route): void => {
    const store: Registered = { endpoint, routeKey: `${method} ${basePath}${path}` };
    router.on(method, pattern(path), nothing, store);
  };
  for (const endpoint of endpoints) for (const route of endpoint.routes) register(endpoint, route);
  return (method: string, path: string): Match | undefined => {
    const found = router.find(method as HTTPMethod, path);
    if (!found?.store) return undefined;
    return { ...(found.store as Registered), params: found.params as Record<string, string> };
  };
};
