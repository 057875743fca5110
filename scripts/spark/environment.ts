import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bundle-functions.ts';
import { runCommand } from '../emulator/run-command.ts';

/** What AWS Glue 5.0 runs: Spark 3.5; numpy is there, too. */
const PACKAGES = ['pyspark==3.5.6', 'numpy>=1.26,<3'];

const folder = join(root, '.cache', 'spark', 'venv');
const python = join(folder, 'bin', 'python');

/** A Python with PySpark, or what this machine lacks for it. */
export type SparkEnvironment = { readonly python: string } | { readonly missing: string };

const answer = (command: string, args: readonly string[]): Promise<string | undefined> =>
  runCommand({ command, args }).catch(() => undefined);

const javaVersion = async (): Promise<number> => {
  const [, version = '0'] = /version "(\d+)/.exec((await answer('java', ['-version'])) ?? '') ?? [];
  return Number(version);
};

const hasPython = async (): Promise<boolean> =>
  (await answer('python3', ['-c', 'import sys, venv; assert sys.version_info >= (3, 9)'])) !== undefined;

/** Makes the virtual environment once; it is kept for the next run. */
const install = async (): Promise<void> => {
  if (existsSync(join(folder, 'bin', 'spark-submit'))) return;
  await runCommand({ command: 'python3', args: ['-m', 'venv', folder] });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await runCommand({ command: python, args: [...pip, ...PACKAGES] });
};

/** Finds Python 3.9 or later and Java 17, and installs PySpark into an environment of its own where it is missing. */
export const sparkEnvironment = async (): Promise<SparkEnvironment> => {
  if (!(await hasPython())) return { missing: 'Python 3.9 or later with venv' };
  if ((await javaVersion()) < 17) return { missing: 'Java 17 or later' };
  await install();
  return { python };
};
