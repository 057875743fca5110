import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Dataset } from '../../core/learn/data/dataset.ts';

const ENVIRONMENT = path.resolve(import.meta.dirname, '../../.cache/implicit');
const PYTHON = path.join(ENVIRONMENT, 'bin/python');
const PACKAGE = 'implicit==0.7.3';

export type PeerSettings = {
  dimensions: number;
  iterations: number;
  regularization: number;
  /** Weight of an observed pair beside 1 of all others. */
  confidence: number;
  threads: number;
};

export type PeerFit = { seconds: number; cpuSeconds: number; users: Float32Array; items: Float32Array };

/** A process that holds the data and trains on demand. */
export type Peer = { fit(): Promise<PeerFit>; peakRssMb(): number; close(): void };

/** Makes the virtual environment of the peer where it is missing; false where there is no Python or no way to install. */
export function installPeer(): boolean {
  try {
    if (!existsSync(PYTHON)) execFileSync('python3', ['-m', 'venv', ENVIRONMENT], { stdio: 'ignore' });
    if (!imports()) execFileSync(PYTHON, ['-m', 'pip', 'install', '--quiet', PACKAGE], { stdio: 'ignore' });
    return imports();
  } catch {
    return false;
  }
}

function imports(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import implicit.als'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Starts the peer on a data set. */
export async function startPeer(
  { userStart, userItem, items }: Dataset,
  settings: PeerSettings,
): Promise<Peer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'attune-peer-'));
  writeFileSync(path.join(folder, 'start.i32'), userStart);
  writeFileSync(path.join(folder, 'items.i32'), userItem);
  const child = spawn(
    PYTHON,
    [path.join(import.meta.dirname, 'peer.py'), folder, JSON.stringify({ ...settings, items: items.length })],
    // BLAS's own threads would fight with the peer's.
    { env: { ...process.env, OPENBLAS_NUM_THREADS: '1' }, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const answers = linesOf(child);
  await answers.next();
  return {
    async fit() {
      child.stdin?.write('fit\n');
      const { value } = await answers.next();
      if (value === undefined) throw new Error('The peer ended without an answer');
      const times = JSON.parse(value) as { seconds: number; cpuSeconds: number };
      return { ...times, users: floats(folder, 'users.f32'), items: floats(folder, 'factors.f32') };
    },
    peakRssMb: () => {
      const status = `/proc/${child.pid}/status`;
      const peak = existsSync(status) ? /VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] : undefined;
      return Number(peak) / 1024;
    },
    close() {
      child.stdin?.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function linesOf(child: ChildProcess): AsyncIterator<string> {
  return createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
}

function floats(folder: string, name: string): Float32Array {
  const bytes = readFileSync(path.join(folder, name));
  return new Float32Array(new Uint8Array(bytes).buffer);
}
