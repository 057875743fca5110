import type { World } from '../../bench/serving/fill-table.ts';
import { functionsOf, jobs } from '../../contracts/nights.ts';
import { type CallUse, invoke, measureCalls } from './handlers.ts';

/** The steps of the night as measured on a small world. */
export type NightUse = {
  readonly users: number;
  readonly interactions: number;
  readonly items: number;
  readonly steps: readonly (CallUse & {
    readonly name: string;
    readonly memoryMb: number;
    readonly seconds: number;
  })[];
  /** Bytes of the whole table, as the export's scan reads them. */
  readonly tableBytes: number;
};

const KILOBYTES_PER_READ_UNIT = 8;

/** Runs the steps of the job `retrain` and of `trending` one after the other, each as a single shard. */
export const runNight = async ({ groups, items }: World): Promise<NightUse> => {
  const steps: NightUse['steps'][number][] = [];
  for (const { name, memoryMb } of jobs.flatMap((job) =>
    job.name === 'precompute' ? [] : functionsOf(job),
  )) {
    if (name === 'fail') continue;
    const { handler } = (await import(`../../lambdas/jobs/${name}.ts`)) as { handler: unknown };
    const start = performance.now();
    const use = await measureCalls(1, () => invoke(handler, { runId: 'cost', shard: 0, shards: 1 }));
    steps.push({ ...use, name, memoryMb, seconds: (performance.now() - start) / 1000 });
  }
  const scanned = steps.find(({ name }) => name === 'export')?.table.readUnits ?? 0;
  return {
    users: groups.reduce((sum, { users }) => sum + users, 0),
    interactions: groups.reduce((sum, { users, interactions }) => sum + users * interactions, 0),
    items,
    steps,
    tableBytes: scanned * KILOBYTES_PER_READ_UNIT * 1024,
  };
};
