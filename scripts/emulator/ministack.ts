import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../bundle-functions.ts';
import { freePort } from './free-port.ts';
import { runCommand } from './run-command.ts';
import { credentials } from './sign-request.ts';
import { startTlsFront } from './tls-front.ts';

/** Without cryptography every Cognito token is refused. */
const PACKAGES = ['ministack==1.5.33', 'cryptography==50.0.2'];
/** Behind the front, which has 127.0.0.1. Linux answers on all of 127.0.0.0/8; macOS: `ifconfig lo0 alias 127.0.0.2`. */
const HOST = '127.0.0.2';
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

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/_ministack/health`).then(
    ({ ok }) => ok,
    () => false,
  );

type Starting = { readonly url: string; readonly child: ChildProcess; readonly log: string };

const waitUntilReady = async ({ url, child, log }: Starting): Promise<void> => {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`MiniStack ended with ${child.exitCode}, see ${log}`);
    if (performance.now() > deadline)
      throw new Error(`MiniStack did not answer in ${START_TIMEOUT_MS} ms, see ${log}`);
    await delay(200);
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

const environment = (port: number, front: string): NodeJS.ProcessEnv => ({
  ...process.env,
  // Its Lambdas run on the `node` that comes first: the project's own.
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  BIND_HOST: HOST,
  GATEWAY_PORT: String(port),
  // Policies are enforced and signatures checked: every function runs with its own role, as on AWS.
  AUTH: 'true',
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: undefined,
  // Where its Lambdas find AWS.
  AWS_ENDPOINT_URL: front,
  // Its MQTT listener has a fixed port, which a second emulator on the machine would find taken.
  IOT_MTLS_ENABLED: '0',
});

/** Installs MiniStack where it is missing and starts it on a free port, with IAM enforced as on AWS. */
export const startMinistack = async (): Promise<Ministack> => {
  await install();
  const port = await freePort();
  const server = await startTlsFront({ host: HOST, port });
  const url = `http://127.0.0.1:${port}`;
  const folder = join(root, '.cache', 'ministack');
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'ministack.log');
  const file = openSync(log, 'w');
  const child = spawn(inEnvironment('ministack'), [], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', file, file],
    env: environment(port, url),
  });
  closeSync(file);
  // However this process ends, the emulator does not outlive it.
  process.once('exit', () => signalGroup(child, 'SIGKILL'));
  const stop = async (): Promise<void> => {
    await stopGroup(child);
    server.closeAllConnections();
    server.close();
  };
  try {
    await waitUntilReady({ url, child, log });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
};
