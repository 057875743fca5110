import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../bundle-functions.ts';
import { freePort } from './free-port.ts';
import { runCommand } from './run-command.ts';

/** Without cryptography every Cognito token is refused. */
const PACKAGES = ['ministack==1.5.33', 'cryptography==50.0.2'];
const START_TIMEOUT_MS = 30_000;

export type Ministack = { readonly url: string; readonly stop: () => Promise<void> };

const environmentFolder = join(root, '.venv-ministack');
const inEnvironment = (name: string): string => join(environmentFolder, 'bin', name);

/** Makes the virtual environment once; it is kept for the next run. */
const install = async (): Promise<void> => {
  if (existsSync(inEnvironment('ministack'))) return;
  await runCommand({ command: 'python3', args: ['-m', 'venv', environmentFolder] });
  await runCommand({
    command: inEnvironment('python'),
    args: ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES],
  });
};

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/_ministack/health`)).ok;
  } catch {
    return false;
  }
};

const waitUntilReady = async (url: string, child: ChildProcess, log: string): Promise<void> => {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`MiniStack ended with ${child.exitCode}, see ${log}`);
    if (performance.now() > deadline) throw new Error(`MiniStack did not answer in ${START_TIMEOUT_MS} ms, see ${log}`);
    await delay(100);
  }
};

const signalGroup = (child: ChildProcess, signal: NodeJS.Signals): boolean => {
  try {
    return child.pid !== undefined && process.kill(-child.pid, signal);
  } catch {
    return false;
  }
};

/** Ends the emulator with the Lambda processes that it started: they are one process group. */
const stopGroup = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const ended = new Promise<boolean>((resolve) => child.once('exit', () => resolve(true)));
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!signalGroup(child, signal) || (await Promise.race([ended, delay(3000, false)]))) return;
  }
};

/**
 * Installs MiniStack where it is missing and starts it on a free port. Its Lambdas run on the `node` that is first on
 * the PATH it is started with, so the project's own Node 24 is put there.
 */
export const startMinistack = async (): Promise<Ministack> => {
  await install();
  const port = await freePort();
  const folder = join(root, '.cache', 'ministack');
  mkdirSync(folder, { recursive: true });
  const log = join(folder, `ministack-${port}.log`);
  const file = openSync(log, 'w');
  const child = spawn(inEnvironment('ministack'), [], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', file, file],
    env: {
      ...process.env,
      PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      // Its MQTT listener has a fixed port, which a second emulator on the machine would find taken.
      IOT_MTLS_ENABLED: '0',
    },
  });
  closeSync(file);
  // However this process ends, the emulator does not outlive it.
  process.once('exit', () => signalGroup(child, 'SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  const stop = () => stopGroup(child);
  try {
    await waitUntilReady(url, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
};
