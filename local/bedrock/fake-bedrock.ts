import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { readBody } from '../http/read-body.ts';
import { BEHAVIOURS, type Behaviour, isBehaviour, REFUSALS, type Refusal } from './behaviours.ts';
import { type ConverseBody, converse, systemOf, userOf } from './converse.ts';

export type { Behaviour } from './behaviours.ts';
export { BEHAVIOURS } from './behaviours.ts';

/** A request to a model, as it came. */
export type FakeRequest = {
  readonly model: string;
  readonly system: string;
  readonly user: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

export type FakeOptions = {
  readonly behaviour?: Behaviour;
  /** 0: a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Of the answers: the same request gets the same answer under the same seed. */
  readonly seed?: number;
  /** How long an answer takes. */
  readonly latencyMs?: number;
  /** How long `slow` takes. */
  readonly slowMs?: number;
  /** Model ids that exist; absent: all. */
  readonly models?: readonly string[];
  /** Hears of every request to a model, one line each. */
  readonly tell?: (line: string) => void;
};

export type FakeBedrock = {
  readonly url: string;
  behave(behaviour: Behaviour, options?: Pick<FakeOptions, 'seed' | 'latencyMs' | 'slowMs'>): void;
  behaviour(): Behaviour;
  /** Requests to models so far, refused ones included. */
  calls(): number;
  /** The last 100, oldest first. */
  requests(): readonly FakeRequest[];
  /** Forgets calls and requests. */
  reset(): void;
  /** Breaks off what still hangs. */
  close(): Promise<void>;
};

const SLOW_MS = 8_000;
const MOST_KEPT = 100;
const CONVERSE = /^\/model\/(.+)\/converse$/;

const invalid = (message: string): Refusal => ({ status: 400, name: 'ValidationException', message });

const send = (response: ServerResponse, status: number, value: unknown, headers = {}): void => {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
};

const refuse = (response: ServerResponse, { status, name, message }: Refusal): void =>
  send(response, status, { message }, { 'x-amzn-errortype': name });

type State = Required<Pick<FakeOptions, 'behaviour' | 'seed' | 'latencyMs' | 'slowMs'>>;

const jsonOf = async (request: IncomingMessage): Promise<unknown> => {
  try {
    return JSON.parse((await readBody(request)).toString());
  } catch {
    return undefined;
  }
};

/** Waits; false where the caller went away meanwhile. */
const waited = async (response: ServerResponse, ms: number): Promise<boolean> => {
  const gone = new AbortController();
  const stop = () => gone.abort();
  response.once('close', stop);
  await delay(ms, undefined, { signal: gone.signal, ref: false }).catch(() => undefined);
  response.off('close', stop);
  return !response.destroyed;
};

/**
 * Starts a server that speaks Bedrock's Converse API (forced tools and JSON schemas) and writes answers from the facts in the prompt,
 * or misbehaves as it is told. `GET /fake` and `POST /fake {"behaviour": ...}` tell and change that from outside.
 */
export const startFakeBedrock = async (options: FakeOptions = {}): Promise<FakeBedrock> => {
  const { behaviour = 'well', seed = 1, latencyMs = 0, slowMs = SLOW_MS, models } = options;
  let state: State = { behaviour, seed, latencyMs, slowMs };
  let calls = 0;
  let kept: FakeRequest[] = [];

  const answer = async (model: string, request: IncomingMessage, response: ServerResponse) => {
    const body = (await jsonOf(request)) as ConverseBody | undefined;
    calls += 1;
    const told = { model, headers: request.headers, body: (body ?? {}) as Record<string, unknown> };
    kept = [...kept, { ...told, system: systemOf(body ?? {}), user: userOf(body ?? {}) }].slice(-MOST_KEPT);
    const now = state;
    options.tell?.(`Bedrock's fake was asked for a text of ${model}, call ${calls}: ${now.behaviour}\n`);
    const wait = now.behaviour === 'slow' ? now.slowMs : now.latencyMs;
    if (now.behaviour === 'hanging') return;
    if (wait > 0 && !(await waited(response, wait))) return;
    const refusal = REFUSALS[now.behaviour];
    if (refusal) return refuse(response, refusal);
    if (models && !models.includes(model))
      return refuse(response, invalid('The provided model identifier is invalid.'));
    if (!body?.messages?.length) return refuse(response, invalid('The messages field is required.'));
    send(response, 200, await converse(body, now.behaviour, now.seed, wait));
  };

  const tell = () => ({ behaviour: state.behaviour, calls, behaviours: BEHAVIOURS });
  const change = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = (await jsonOf(request)) as { behaviour?: unknown } | undefined;
    if (!isBehaviour(asked?.behaviour))
      return send(response, 400, { message: `behaviour must be one of ${BEHAVIOURS.join(', ')}` });
    state = { ...state, behaviour: asked.behaviour };
    send(response, 200, tell());
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
    const model = request.method === 'POST' ? CONVERSE.exec(path)?.[1] : undefined;
    if (model !== undefined) return answer(model, request, response);
    if (path === '/fake' && request.method === 'GET') return send(response, 200, tell());
    if (path === '/fake' && request.method === 'POST') return change(request, response);
    refuse(response, { status: 404, name: 'UnknownOperationException', message: `There is no ${path} here` });
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: Error) =>
      refuse(response, {
        status: 500,
        name: 'InternalServerException',
        message: `The fake: ${error.message}`,
      }),
    );
  });
  const host = options.host ?? '127.0.0.1';
  server.listen(options.port ?? 0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`,
    behave: (next, changes = {}) => {
      state = { ...state, ...changes, behaviour: next };
    },
    behaviour: () => state.behaviour,
    calls: () => calls,
    requests: () => kept,
    reset: () => {
      calls = 0;
      kept = [];
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
};
