import { type Job, jobs } from '../../contracts/nights.ts';
import type { LambdaThread } from '../lambda/start-lambda-thread.ts';
import { walkJob } from './walk-job.ts';

/** There is no job of that name. */
export class UnknownJob extends Error {
  constructor(name: string) {
    super(`There is no job "${name}"; known are ${jobs.map((job) => job.name).join(', ')}`);
  }
}

/** The job is being run. */
export class JobRunning extends Error {
  constructor(name: string) {
    super(`The job ${name} is running; it does not run twice at once`);
  }
}

/** What a run did: seconds and every shard's result by step. */
export type JobReport = {
  readonly job: string;
  readonly runId: string;
  readonly seconds: number;
  readonly steps: readonly { name: string; seconds: number; result: unknown }[];
};

/** Runs jobs as Step Functions does: the steps in order, the shards of a step side by side, a few at once. */
export type JobRunner = {
  readonly run: (name: string) => Promise<JobReport>;
};

type Parts = {
  /** A thread for one run; it is closed afterwards, which frees the memory that training took. */
  readonly startThread: () => LambdaThread;
  readonly newRunId: () => string;
  readonly log: NodeJS.WritableStream;
  /** Told of every step, for whoever waits at the terminal. */
  readonly say: (line: string) => void;
};

/**
 * On AWS every shard is a Lambda with a processor and a table connection pool of its own; here they share one thread, and
 * more of them at once would only run into the table client's time-outs.
 */
const SHARDS_AT_ONCE = 2;

const runSteps = async (job: Job, { startThread, newRunId, log, say }: Parts): Promise<JobReport> => {
  const thread = startThread();
  const runId = newRunId();
  const start = performance.now();
  const steps: JobReport['steps'][number][] = [];
  try {
    await walkJob(job, runId, {
      call: (name, input, minutes) => thread.invoke(`jobs/${name}.ts`, input, minutes * 60_000),
      atOnce: SHARDS_AT_ONCE,
      begin: (name) => say(`${job.name}: ${name} ...`),
      end: (name, result, seconds) => {
        steps.push({ name, seconds, result });
        say(`${job.name}: ${name} took ${seconds.toFixed(1)} s`);
      },
    });
  } catch (error) {
    log.write(`Job ${job.name} ${runId} failed: ${error instanceof Error ? error.stack : error}\n`);
    throw error;
  } finally {
    await thread.close();
  }
  return { job: job.name, runId, seconds: Math.round(performance.now() - start) / 1000, steps };
};

/** A runner that refuses to run a job that is running. */
export const jobRunner = (parts: Parts): JobRunner => {
  const running = new Set<string>();
  return {
    run: async (name) => {
      const job = jobs.find((known) => known.name === name);
      if (!job) throw new UnknownJob(name);
      if (running.has(name)) throw new JobRunning(name);
      running.add(name);
      try {
        return await runSteps(job, parts);
      } finally {
        running.delete(name);
      }
    },
  };
};
