import { type Job, jobs } from '../../contracts/nights.ts';
import type { JobRunner } from './job-runner.ts';
import { nextRun } from './next-run.ts';

/** Runs every job when it is due, for as long as the server runs. Answers a function that stops it. */
export const startScheduler = (runner: JobRunner): (() => void) => {
  const timers = new Map<string, NodeJS.Timeout>();
  const plan = (job: Job): void => {
    const now = Date.now();
    const run = async (): Promise<void> => {
      plan(job);
      // The runner logs a failure; a run that is still going on is simply not started again.
      await runner.run(job.name).catch(() => undefined);
    };
    timers.set(job.name, setTimeout(run, nextRun(job.schedule, now) - now).unref());
  };
  for (const job of jobs) plan(job);
  return () => {
    for (const timer of timers.values()) clearTimeout(timer);
  };
};
