import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from './api.ts';

/** Figures of bringing the data in. */
export type Loading = {
  readonly rows: number;
  /** From the first request until every row was durably queued. */
  readonly importSeconds: number;
  /** From the first request until the worker had handled the last message. */
  readonly drainedSeconds: number;
};

type Files = { readonly interactions: string; readonly catalog: string; readonly folder: string };

const runImport = async ({ url, token }: Api, folder: string, args: readonly string[]): Promise<void> => {
  const script = new URL('../../scripts/import.ts', import.meta.url).pathname;
  const options = ['--url', url, '--token', token, ...args];
  const child = spawn(process.execPath, [script, ...options], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The import ended with ${code}`);
};

const drained = async ({ ask }: Api): Promise<boolean> => {
  const depth = JSON.parse((await ask('GET', '/local/queue')).text) as Record<string, number>;
  if (depth.deadLetters) throw new Error(`${depth.deadLetters} messages are in the dead-letter queue`);
  return depth.waiting === 0 && depth.inFlight === 0;
};

/** Waits until no message waits or is being handled. */
export const waitUntilDrained = async (api: Api): Promise<void> => {
  while (!(await drained(api))) await delay(100);
};

/** Imports catalogue and purchases by the import script and waits until the queue is drained. */
export const loadData = async (api: Api, files: Files, rows: number): Promise<Loading> => {
  await runImport(api, files.folder, ['--catalog', files.catalog]);
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  await runImport(api, files.folder, ['--interactions', files.interactions]);
  const importSeconds = seconds();
  await waitUntilDrained(api);
  return { rows, importSeconds, drainedSeconds: seconds() };
};
