import { endpoints, handlerFile } from '../../contracts/registry.ts';
import { invoke } from './handlers.ts';

export type Asked = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
};

const pathOf = (path: string, params: Asked['params'] = {}): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? name);

/** Calls the handler of an operation with the event that the gateway makes of a backend's request; answers the body. */
export const askAsBackend = async (operationId: string) => {
  const endpoint = endpoints.find((one) => one.operationId === operationId);
  if (!endpoint) throw new Error(`there is no operation ${operationId}`);
  const [{ method, path }] = endpoint.routes;
  const { handler } = (await import(`../../lambdas/api/${handlerFile(operationId)}.ts`)) as {
    handler: unknown;
  };
  return async <T = unknown>({ params, query = {}, body }: Asked): Promise<T> => {
    const event = {
      version: '2.0',
      rawPath: pathOf(path, params),
      rawQueryString: new URLSearchParams(query).toString(),
      headers: { 'content-type': 'application/json' },
      pathParameters: params,
      queryStringParameters: query,
      requestContext: {
        requestId: 'cost',
        http: { method, path: pathOf(path, params) },
        authorizer: { jwt: { claims: { sub: 'backend', 'cognito:groups': '[service]' } } },
      },
      isBase64Encoded: false,
      body: body === undefined ? undefined : JSON.stringify(body),
    };
    const answer = (await invoke(handler, event)) as { body?: string };
    return JSON.parse(answer.body ?? 'null') as T;
  };
};
