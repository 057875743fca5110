import type { IncomingMessage } from 'node:http';
import type { GatewayClaims } from '../tokens/gateway-authorizer.ts';
import type { Match } from './router.ts';

/** What the gateway knows about a request once it is routed, authorised and read. */
export type RoutedRequest = {
  readonly request: IncomingMessage;
  readonly requestId: string;
  readonly match: Match;
  readonly url: URL;
  /** Undefined where the endpoint asks for no token. */
  readonly claims?: GatewayClaims;
  readonly body: Buffer;
};

const TEXT = /^(text\/|application\/(.*\+)?(json|xml|javascript|x-www-form-urlencoded)\b)/i;

const joined = (pairs: Iterable<[string, string]>): Record<string, string> => {
  const values: Record<string, string> = {};
  for (const [name, value] of pairs) values[name] = name in values ? `${values[name]},${value}` : value;
  return values;
};

const headersOf = (request: IncomingMessage): Record<string, string> => {
  const pairs = Object.entries(request.headersDistinct).filter(([name]) => name !== 'cookie');
  return Object.fromEntries(pairs.map(([name, values = []]) => [name, values.join(',')]));
};

const bodyOf = (request: IncomingMessage, body: Buffer) => {
  if (body.length === 0) return { isBase64Encoded: false };
  const plain = TEXT.test(request.headers['content-type'] ?? 'application/json');
  return { body: body.toString(plain ? 'utf8' : 'base64'), isBase64Encoded: !plain };
};

const requestContext = ({ request, requestId, match, url, claims }: RoutedRequest) => {
  const now = new Date();
  return {
    accountId: '000000000000',
    apiId: 'local',
    domainName: url.hostname,
    domainPrefix: 'local',
    http: {
      method: request.method,
      path: url.pathname,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '',
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId,
    routeKey: match.routeKey,
    stage: '$default',
    time: now.toUTCString(),
    timeEpoch: now.getTime(),
    // API Gateway says null for routes that name no scopes of their own.
    ...(claims ? { authorizer: { jwt: { claims, scopes: null } } } : {}),
  };
};

/** The request as API Gateway's HTTP API hands it to a Lambda, payload format 2.0. */
export const gatewayEvent = (routed: RoutedRequest) => {
  const { request, match, url } = routed;
  const query = joined(url.searchParams);
  const cookies = request.headers.cookie?.split('; ');
  return {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: headersOf(request),
    ...(cookies ? { cookies } : {}),
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    ...(Object.keys(match.params).length > 0 ? { pathParameters: match.params } : {}),
    requestContext: requestContext(routed),
    ...bodyOf(request, routed.body),
  };
};
