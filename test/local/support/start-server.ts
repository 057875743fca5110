import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The local server as its users run it: a process of its own, on a free port. */
export type RunningServer = {
  /** With the base path. */
  readonly url: string;
  readonly origin: string;
  readonly dataDir: string;
  /** The addresses of its embedded stores. */
  readonly endpoints: () => Record<
    'dynamodb' | 'sqs' | 's3' | 'queueUrl' | 'deadLetterUrl' | 'table',
    string
  >;
  kill(signal: NodeJS.Signals): Promise<void>;
  token(sub: string, scope?: string): Promise<string>;
  /** Sends JSON; `token` is a bearer token or undefined for none. */
  send(method: string, path: string, options?: { token?: string; body?: unknown }): Promise<Answer>;
};

/** An answer with its parsed body. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
};

export const newDataDir = (): string => mkdtempSync(join(tmpdir(), 'attune-local-'));

export const removeDataDir = (dataDir: string): void => rmSync(dataDir, { recursive: true, force: true });

const readyUrl = async (child: ChildProcess): Promise<string> => {
  const output: string[] = [];
  if (child.stderr) child.stderr.on('data', (part) => output.push(String(part)));
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    output.push(line);
    if (line.startsWith('ready ')) return line.slice('ready '.length);
  }
  throw new Error(`The server did not start:\n${output.join('\n')}`);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Starts it on a data folder; further variables of its environment may be given. */
export const startServer = async (
  dataDir: string,
  env: Record<string, string> = {},
): Promise<RunningServer> => {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, ['local/main.ts'], {
    env: { ...inherited, PORT: '0', DATA_DIR: dataDir, ATTUNE_SCHEDULE: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await readyUrl(child);
  const { origin } = new URL(url);
  const send: RunningServer['send'] = async (method, path, { token, body } = {}) => {
    const response = await fetch(path.startsWith('/local/') ? origin + path : url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
  };
  return {
    url,
    origin,
    dataDir,
    send,
    endpoints: () => JSON.parse(readFileSync(join(dataDir, 'endpoints.json'), 'utf8')),
    kill: async (signal) => {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
    token: async (sub, scope) => (await send('POST', '/local/token', { body: { sub, scope } })).body.token,
  };
};
