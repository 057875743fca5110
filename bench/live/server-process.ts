import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A fresh local server in a process of its own. */
export type ServerProcess = {
  readonly url: string;
  readonly origin: string;
  /** Seconds from the start of the process to `ready`. */
  readonly startSeconds: number;
  /** Most memory that it ever held, in bytes; undefined where the system does not say. */
  peakMemory(): number | undefined;
  /** Processor seconds that it used so far, over all its threads; undefined where the system does not say. */
  processorSeconds(): number | undefined;
  stop(): Promise<void>;
};

const readyUrl = async (child: ChildProcess): Promise<string> => {
  if (!child.stdout) throw new Error('The server has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('ready ')) return line.slice('ready '.length);
  }
  throw new Error('The server ended before it was ready');
};

const peakMemoryOf = (pid: number): number | undefined => {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
};

const TICKS_PER_SECOND = 100;

const processorSecondsOf = (pid: number): number | undefined => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
};

/** Starts it on an empty data folder and a free port, metered, without schedules and without the catalogues of the domains. */
export const startServerProcess = async (dataDir: string): Promise<ServerProcess> => {
  const settings = {
    PORT: '0',
    DATA_DIR: dataDir,
    ATTUNE_METER: '1',
    ATTUNE_SCHEDULE: 'off',
    ATTUNE_SEED: 'off',
  };
  const start = performance.now();
  const child = spawn(process.execPath, ['local/main.ts'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readyUrl(child);
  return {
    url,
    origin: new URL(url).origin,
    startSeconds: (performance.now() - start) / 1000,
    peakMemory: () => peakMemoryOf(child.pid ?? 0),
    processorSeconds: () => processorSecondsOf(child.pid ?? 0),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};

/** The end of what the Lambdas logged, for a run that failed. */
export const endOfLog = (dataDir: string): string =>
  readFileSync(join(dataDir, 'attune.log'), 'utf8').slice(-3_000);

/** Deliveries that the queue worker could not handle and got again. */
export const failedDeliveries = (dataDir: string): number =>
  readFileSync(join(dataDir, 'attune.log'), 'utf8').split('"message failed"').length - 1;

/** Bytes of all files below a folder. */
export const bytesBelow = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
