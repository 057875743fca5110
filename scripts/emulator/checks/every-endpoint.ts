import { endpoints } from '../../../contracts/registry.ts';
import { callApi } from '../api-client.ts';

type Example = (typeof endpoints)[number];

/** The path of an endpoint's main route with the parameters and query of its example. */
const examplePath = ({ routes: [route], example }: Example): string => {
  const path = route.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(example.params?.[name] ?? name),
  );
  const query = new URLSearchParams(example.query).toString();
  return query === '' ? path : `${path}?${query}`;
};

/**
 * Sends every endpoint the request of its example, so that each function runs once with its own role: a permission that
 * `lib/config/endpoint-grants.ts` forgot is a fault here, as it would be on AWS. Unknown ids (404) and conflicts (409)
 * are answers, too: asked a second time, what was unknown has been made. Answers how many were asked; throws naming those that failed.
 */
export const checkEveryEndpoint = async (apiUrl: string, token: string): Promise<number> => {
  const failures: string[] = [];
  for (const endpoint of endpoints) {
    const { method } = endpoint.routes[0];
    const { status, body } = await callApi(apiUrl, examplePath(endpoint), {
      method,
      token,
      body: endpoint.example.body,
    });
    const refused = status >= 500 || [400, 401, 403].includes(status);
    if (refused) failures.push(`${endpoint.operationId} ${status} ${JSON.stringify(body)?.slice(0, 300)}`);
  }
  if (failures.length > 0) throw new Error(failures.join('\n     '));
  return endpoints.length;
};
