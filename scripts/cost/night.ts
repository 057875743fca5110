import type { World } from '../../bench/serving/fill-table.ts';
import { functionsOf, type Job, jobs, type StepName } from '../../contracts/nights.ts';
import { walkJob } from '../../local/nights/walk-job.ts';
import { type CallUse, invoke, measureCalls } from './handlers.ts';

export type StepUse = CallUse & {
  readonly name: StepName;
  readonly memoryMb: number;
  readonly seconds: number;
};

/** The steps of the night as measured on a small world, their shards together. */
export type NightUse = {
  readonly users: number;
  readonly interactions: number;
  readonly items: number;
  readonly steps: readonly StepUse[];
  /** Bytes of the whole table, as the export's scan reads them. */
  readonly tableBytes: number;
};

/** Of a scan, which is eventually consistent. */
export const KILOBYTES_PER_READ_UNIT = 8;

const together = (one: StepUse, other: StepUse): StepUse => ({
  ...one,
  table: {
    roundTrips: one.table.roundTrips + other.table.roundTrips,
    readUnits: one.table.readUnits + other.table.readUnits,
    writeUnits: one.table.writeUnits + other.table.writeUnits,
  },
  cpuMs: one.cpuMs + other.cpuMs,
  rounds: one.rounds + other.rounds,
  seconds: one.seconds + other.seconds,
});

/** Runs a job as its state machine does, one call at a time; adds what each step took to `used`. */
const runJob = async (job: Job, used: Map<StepName, StepUse>): Promise<void> => {
  await walkJob(job, `cost-${job.name}`, {
    atOnce: 1,
    call: async (name, input) => {
      const { handler } = (await import(`../../lambdas/jobs/${name}.ts`)) as { handler: unknown };
      const memoryMb = functionsOf(job).find((step) => step.name === name)?.memoryMb ?? 0;
      const start = performance.now();
      let answer: unknown;
      const use = await measureCalls(1, async () => {
        answer = await invoke(handler, input);
      });
      const step = { ...use, name, memoryMb, seconds: (performance.now() - start) / 1000 };
      const before = used.get(name);
      used.set(name, before ? together(before, step) : step);
      return answer;
    },
  });
};

/** Runs the jobs of a day, each once: `precompute` alone is measured by itself. */
export const runNight = async ({ groups, items }: World): Promise<NightUse> => {
  const used = new Map<StepName, StepUse>();
  for (const job of jobs) if (job.name !== 'precompute') await runJob(job, used);
  const scanned = used.get('export')?.table.readUnits ?? 0;
  return {
    users: groups.reduce((sum, { users }) => sum + users, 0),
    interactions: groups.reduce((sum, { users, interactions }) => sum + users * interactions, 0),
    items,
    steps: [...used.values()],
    tableBytes: scanned * KILOBYTES_PER_READ_UNIT * 1024,
  };
};
