import type { CallerKind, EndpointShape, Route } from '../../contracts/endpoint.ts';

/** Who asks, as the gateway's JWT authorizer hands the token's claims over. */
export type Claims = Readonly<Record<string, unknown>>;

export const asUser = (sub: string): Claims => ({ sub });
export const asService = (sub = 'backend'): Claims => ({ sub, scope: 'openid personalization/service' });
export const asAdmin = (sub = 'root'): Claims => ({ sub, scope: 'personalization/admin' });

/** Somebody who may call an endpoint: where users may, this one. */
export const asCaller = (caller: CallerKind, userId = 'ada'): Claims => {
  if (caller === 'admin') return asAdmin();
  return caller === 'service' ? asService() : asUser(userId);
};

/** A request to one endpoint; `rawBody` goes out as it is, `body` as JSON. */
export type TestRequest = {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  rawBody?: string;
  headers?: Record<string, string>;
  /** Undefined: a request without a token. */
  claims?: Claims;
  /** Which of the endpoint's routes; the first by default. */
  route?: number;
};

const filled = (path: string, params: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

const declared = ({ path }: Route, params: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).filter(([name]) => path.includes(`{${name}}`)));

const bodyOf = ({ body, rawBody }: TestRequest) => {
  const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  return text === undefined ? {} : { body: text };
};

let requests = 0;

/** The event of HTTP API payload format 2.0 for a request. */
export const httpEvent = (endpoint: EndpointShape, request: TestRequest) => {
  const route = endpoint.routes[request.route ?? 0] ?? endpoint.routes[0];
  const params = declared(route, request.params ?? {});
  const path = `/api${filled(route.path, request.params ?? {})}`;
  requests += 1;
  return {
    version: '2.0',
    routeKey: `${route.method} /api${route.path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(request.query ?? {}).toString(),
    headers: { 'content-type': 'application/json', ...request.headers },
    ...(request.query ? { queryStringParameters: request.query } : {}),
    ...(Object.keys(params).length > 0 ? { pathParameters: params } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      domainName: 'test',
      domainPrefix: 'test',
      http: { method: route.method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'jest' },
      requestId: `request-${requests}`,
      routeKey: `${route.method} /api${route.path}`,
      stage: '$default',
      time: '21/Nov/2026:12:00:00 +0000',
      timeEpoch: 0,
      ...(request.claims ? { authorizer: { jwt: { claims: request.claims, scopes: null } } } : {}),
    },
    isBase64Encoded: false,
    ...bodyOf(request),
  };
};
