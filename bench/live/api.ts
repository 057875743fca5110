import { type HttpAnswer, type HttpClient, httpClient } from '../http.ts';
import type { ServerProcess } from './server-process.ts';

/** The running API with a token that may do everything. */
export type Api = {
  readonly client: HttpClient;
  readonly token: string;
  readonly url: string;
  readonly origin: string;
  /** Sends JSON and throws for any answer but a 2xx. */
  ask(method: string, path: string, body?: unknown): Promise<HttpAnswer>;
};

/** Connects with so many connections at most. */
export const connect = async ({ url, origin }: ServerProcess, connections: number): Promise<Api> => {
  const client = httpClient(connections);
  const subject = { sub: 'bench', scope: 'personalization/admin' };
  const { text } = await client.send({ method: 'POST', url: `${origin}/local/token`, body: subject });
  const { token } = JSON.parse(text) as { token: string };
  const ask: Api['ask'] = async (method, path, body) => {
    const base = path.startsWith('/local/') ? origin : url;
    const answer = await client.send({ method, url: base + path, token, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer;
  };
  return { client, token, url, origin, ask };
};
