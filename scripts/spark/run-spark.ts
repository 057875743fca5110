import { join } from 'node:path';
import { root } from '../bundle-functions.ts';
import { runCommand } from '../emulator/run-command.ts';

const sources = join(root, 'spark');

const environment = (python: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PYSPARK_PYTHON: python,
  PYSPARK_SUBMIT_ARGS:
    '--conf spark.ui.enabled=false --conf spark.ui.showConsoleProgress=false pyspark-shell',
  // Machines whose own name does not resolve could not talk to themselves.
  SPARK_LOCAL_IP: '127.0.0.1',
  SPARK_LOCAL_HOSTNAME: 'localhost',
});

/** Runs the unit tests of `spark/`; answers how many there are. Throws with their output where one fails. */
export const runUnitTests = async (python: string): Promise<number> => {
  const output = await runCommand({
    command: python,
    args: ['-m', 'unittest', 'discover', '-t', '.', '-s', 'tests'],
    cwd: sources,
    env: environment(python),
  });
  const [, count = '0'] = /^Ran (\d+) tests? in/m.exec(output) ?? [];
  return Number(count);
};

export type SparkTraining = {
  readonly python: string;
  /** Folders of this machine, as the Glue job has them in the bucket. */
  readonly input: string;
  readonly output: string;
  readonly runId: string;
  readonly more?: readonly string[];
};

/** Trains as the Glue job does, on this machine. Throws with the last of the output where it fails. */
export const trainWithSpark = async ({
  python,
  input,
  output,
  runId,
  more = [],
}: SparkTraining): Promise<void> => {
  await runCommand({
    command: python,
    args: [join(sources, 'train.py'), '--input', input, '--output', output, '--run', runId, ...more],
    cwd: sources,
    env: environment(python),
  });
};
