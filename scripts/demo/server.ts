import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DemoFault } from './fault.ts';

export type DemoServer = {
  /** Its URL with the base path, once it answers. */
  readonly ready: Promise<string>;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
  /** The same at once, for the end of the process. */
  kill(): void;
};

const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url));
const PATIENCE_MS = 90_000;
const STOP_MS = 8_000;
const READY = /^ready (\S+)/m;

/** What of the caller's environment would make another server of it. */
const OWN = /^(PORT|HOST|DATA_DIR|ATTUNE_.*|PERSONALIZATION_.*)$/;

const environment = (domain: string, dataDir: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.test(name))),
  PORT: '0',
  DATA_DIR: dataDir,
  ATTUNE_DOMAIN: domain,
  // Jobs are run where the walk-through asks for them, so that it plays the same way at midnight.
  ATTUNE_SCHEDULE: 'off',
  // The server ends with this process, also when it is killed.
  npm_lifecycle_event: 'demo',
});

/** What it said before it gave up: errors begin with what they are about. */
const firstLines = async (dataDir: string, printed: string): Promise<string> => {
  const log = await readFile(join(dataDir, 'attune.log'), 'utf8').catch(() => '');
  return `${printed}\n${log}`.trim().split('\n').slice(0, 12).join('\n');
};

/**
 * Starts a local server for one product: on a free port, in a folder of its own, empty but for the product's catalogue.
 * `ready` fails with a DemoFault that has the first lines of its output where it does not get ready.
 */
export const startDemoServer = (domain: string): DemoServer => {
  const dataDir = mkdtempSync(join(tmpdir(), 'attune-demo-'));
  const child = spawn(process.execPath, [MAIN], {
    env: environment(domain, dataDir),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const within = (ms: number) =>
    new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined).unref());
  let printed = '';
  const saidReady = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        printed += chunk;
        const url = READY.exec(printed)?.[1];
        if (url !== undefined) resolve(url);
      });
  });
  const whenReady = async (): Promise<string> => {
    const url = await Promise.race([saidReady, exited.then(() => undefined), within(PATIENCE_MS)]);
    if (url !== undefined) return url;
    throw new DemoFault(`The local server did not get ready:\n${await firstLines(dataDir, printed)}`);
  };
  const kill = (): void => {
    child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  };
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    await Promise.race([exited, within(STOP_MS)]);
    kill();
  };
  return { ready: whenReady(), close, kill };
};
