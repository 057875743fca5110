import { setTimeout as delay } from 'node:timers/promises';

/** The API did not take a request, and trying again would not help. */
export class Refused extends Error {}

/** Sends JSON to the API; retries what may pass. */
export type ApiClient = { post(path: string, body: unknown): Promise<unknown> };

type Settings = { readonly url: string; readonly token?: string };

const ATTEMPTS = 8;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;
const REQUEST_TIMEOUT_MS = 120_000;

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

const json = { 'content-type': 'application/json' };

/** A token of the local server, for a caller that may do everything. */
const localToken = async (url: string): Promise<string> => {
  const { origin, hostname } = new URL(url);
  if (!LOCAL_HOSTS.has(hostname))
    throw new Refused(`Give a token with --token: ${hostname} is not a local server`);
  const body = JSON.stringify({ sub: 'import', scope: 'personalization/admin' });
  const response = await fetch(`${origin}/local/token`, { method: 'POST', headers: json, body });
  if (!response.ok) throw new Refused(`${origin} gives no token (${response.status}); give one with --token`);
  return ((await response.json()) as { token: string }).token;
};

const passing = (status: number): boolean => status === 429 || status >= 500;

const pauseMs = (attempt: number, response: Response | undefined): number => {
  const asked = Number(response?.headers.get('retry-after') ?? 0) * 1000;
  return Math.min(LONGEST_PAUSE_MS, Math.max(asked, FIRST_PAUSE_MS * 2 ** attempt));
};

/** One try: the answer, or undefined where the connection failed. */
const attemptPost = async (url: string, init: RequestInit): Promise<Response | undefined> => {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  } catch {
    return undefined;
  }
};

/** Asks for a token where none is given; throws `Refused` when there is none to be had. */
export const apiClient = async ({ url, token }: Settings): Promise<ApiClient> => {
  const bearer = token ?? (await withRetries(() => localToken(url)));
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const init = {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${bearer}` },
      body: JSON.stringify(body),
    };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const response = await attemptPost(url + path, init);
      if (response?.ok) return response.json();
      if (response && !passing(response.status))
        throw new Refused(`${response.status} ${await response.text()}`);
      await delay(pauseMs(attempt, response));
    }
    throw new Refused(`${url} does not answer`);
  };
  return { post };
};

const withRetries = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (attempt + 1 >= ATTEMPTS) throw new Refused('The server does not answer');
      await delay(pauseMs(attempt, undefined));
    }
  }
};
