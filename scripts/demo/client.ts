import type * as z from 'zod';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import { DemoFault } from './fault.ts';

/** Who asks: the person of the walk-through, the product's backend, or an administrator. */
export type As = 'user' | 'service' | 'admin';

type Success = 200 | 201 | 202;

/** The body of a good answer of an endpoint. */
export type AnswerOf<E extends EndpointShape> = z.output<
  Extract<E['responses'][Extract<keyof E['responses'], Success>], z.ZodType>
>;

type BodyOf<E extends EndpointShape> =
  E['request']['body'] extends z.ZodType<unknown, infer I> ? I : undefined;

export type Ask<E extends EndpointShape> = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: BodyOf<E>;
  readonly as?: As;
};

export type Asked<E extends EndpointShape> = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerOf<E>;
  /** As it was asked, below the base path: `GET /profile/ada`. */
  readonly request: string;
};

export type Client = {
  /**
   * Asks an endpoint by its contract, and reads the answer by it.
   * @throws DemoFault where the answer is none, not good, or not as the contract says.
   */
  call<E extends EndpointShape>(endpoint: E, ask: Ask<E>): Promise<Asked<E>>;
  /** Runs a scheduled job of the local server now. */
  runJob(name: string): Promise<void>;
  /** What waits in the queue of interactions of the local server. */
  waiting(): Promise<number>;
  /** Milliseconds that each request took so far. */
  readonly took: readonly number[];
};

const SCOPES = { user: undefined, service: 'personalization/service', admin: 'personalization/admin' };
const PATIENCE_MS = 30_000;
const JOB_PATIENCE_MS = 180_000;

const reasonOf = (error: unknown): string => {
  const { cause, message } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
};

const send = async (url: string, init: RequestInit, patienceMs = PATIENCE_MS): Promise<Response> => {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    throw new DemoFault(`${init.method ?? 'GET'} ${url} was not answered: ${reasonOf(error)}`);
  }
};

const parsedJson = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
};

const json = async (response: Response): Promise<unknown> => parsedJson(await response.text());

type Problem = {
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
};

const problemText = (body: unknown): string => {
  const { detail, errors = [] } = (body ?? {}) as Problem;
  const rows = errors.map(({ path, message }) => `${path}: ${message}`);
  return [detail ?? JSON.stringify(body)?.slice(0, 300) ?? 'no text', ...rows].join('; ');
};

/** The main route of an endpoint with its parameters and query. */
const pathOf = ({ routes: [route] }: EndpointShape, { params = {}, query = {} }: Ask<EndpointShape>) => {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
};

const readAnswer = <E extends EndpointShape>(
  endpoint: E,
  request: string,
  status: number,
  body: unknown,
): AnswerOf<E> => {
  const schema = endpoint.responses[status];
  if (status >= 300 || schema === undefined)
    throw new DemoFault(`${request} answered ${status}: ${problemText(body)}`);
  const { success, error, data } = schema.safeParse(body);
  if (success) return data as AnswerOf<E>;
  const [issue] = error.issues;
  throw new DemoFault(
    `${request} answered something else than its contract says: ${issue?.path.join('.')} ${issue?.message}`,
  );
};

const tokenFor = async (origin: string, sub: string, as: As): Promise<string> => {
  const response = await send(`${origin}/local/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sub, scope: SCOPES[as] }),
  });
  const { token } = ((await json(response)) ?? {}) as { token?: string };
  if (token === undefined)
    throw new DemoFault(`${origin}/local/token gave no token (${response.status}): is it a local server?`);
  return token;
};

/**
 * Talks to a local server as a person, as the product's backend and as an administrator.
 * `url` with the base path, e.g. `http://localhost:3000/api`.
 */
export const createClient = async (url: string, userId: string): Promise<Client> => {
  const { origin } = new URL(url);
  const tokens = {
    user: await tokenFor(origin, userId, 'user'),
    service: await tokenFor(origin, 'demo-backend', 'service'),
    admin: await tokenFor(origin, 'demo-admin', 'admin'),
  };
  const took: number[] = [];
  return {
    took,
    call: async (endpoint, ask) => {
      const [{ method }] = endpoint.routes;
      const path = pathOf(endpoint, ask);
      const started = performance.now();
      const response = await send(url + path, {
        method,
        headers: {
          authorization: `Bearer ${tokens[ask.as ?? 'user']}`,
          ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: ask.body === undefined ? null : JSON.stringify(ask.body),
      });
      const body = await json(response);
      took.push(performance.now() - started);
      const request = `${method} ${path}`;
      const { status, headers } = response;
      return { status, headers, request, body: readAnswer(endpoint, request, status, body) };
    },
    runJob: async (name) => {
      const response = await send(`${origin}/local/run/${name}`, { method: 'POST' }, JOB_PATIENCE_MS);
      if (!response.ok)
        throw new DemoFault(
          `POST /local/run/${name} answered ${response.status}: ${problemText(await json(response))}`,
        );
    },
    waiting: async () => {
      const depth = (await json(await send(`${origin}/local/queue`, {}))) as {
        waiting: number;
        inFlight: number;
      };
      return depth.waiting + depth.inFlight;
    },
  };
};
