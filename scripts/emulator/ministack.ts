import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { root } from '../bundle-functions.ts';
import { freePort } from './free-port.ts';
import { runCommand } from './run-command.ts';
import { credentials } from './sign-request.ts';

/** Without cryptography every Cognito token is refused. */
const PACKAGES = ['ministack==1.5.33', 'cryptography==50.0.2'];
const START_TIMEOUT_MS = 30_000;

export type Ministack = {
  readonly url: string;
  /** Certificate of its own making that its clients have to trust. */
  readonly certificate: string;
  readonly stop: () => Promise<void>;
};

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

/** Makes `fetch` of this process trust the emulator; false while there is no certificate yet. */
const trust = (certificate: string): boolean => {
  if (!existsSync(certificate)) return false;
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(certificate, 'utf8')]);
  return true;
};

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/_ministack/health`).then(
    ({ ok }) => ok,
    () => false,
  );

type Starting = { readonly url: string; readonly certificate: string; readonly child: ChildProcess; readonly log: string };

const waitUntilReady = async ({ url, certificate, child, log }: Starting): Promise<void> => {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!trust(certificate) || !(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`MiniStack ended with ${child.exitCode}, see ${log}`);
    if (performance.now() > deadline) throw new Error(`MiniStack did not answer in ${START_TIMEOUT_MS} ms, see ${log}`);
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

const environment = (port: number, folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  // Its Lambdas run on the `node` that comes first: the project's own.
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  BIND_HOST: '127.0.0.1',
  GATEWAY_PORT: String(port),
  // Policies are enforced and signatures checked: every function runs with its own role, as on AWS.
  AUTH: 'true',
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: undefined,
  // Queues, bucket and topic refuse plain HTTP. The certificate is made below TMPDIR; Lambdas trust it unless told otherwise.
  USE_SSL: '1',
  TMPDIR: folder,
  NODE_EXTRA_CA_CERTS: undefined,
  AWS_CA_BUNDLE: undefined,
  // Its MQTT listener has a fixed port, which a second emulator on the machine would find taken.
  IOT_MTLS_ENABLED: '0',
});

/** Installs MiniStack where it is missing and starts it on a free port, with IAM and TLS as on AWS. */
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
    env: environment(port, folder),
  });
  closeSync(file);
  // However this process ends, the emulator does not outlive it.
  process.once('exit', () => signalGroup(child, 'SIGKILL'));
  const url = `https://127.0.0.1:${port}`;
  const certificate = join(folder, 'ministack-tls', 'server.crt');
  const stop = () => stopGroup(child);
  try {
    await waitUntilReady({ url, certificate, child, log });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, certificate, stop };
};
