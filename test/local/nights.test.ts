import { describe, expect, it } from '@jest/globals';
import { jobs, type StepInput } from '../../contracts/nights.ts';
import { JobRunning, jobRunner, UnknownJob } from '../../local/nights/job-runner.ts';
import { nextRun } from '../../local/nights/next-run.ts';

const at = (text: string) => Date.parse(text);

describe('nextRun', () => {
  it('counts a rate from now', () => {
    expect(nextRun('rate(1 hour)', 1_000)).toBe(3_601_000);
    expect(nextRun('rate(15 minutes)', 0)).toBe(900_000);
    expect(nextRun('rate(2 days)', 0)).toBe(172_800_000);
  });

  it('finds the next time of day, today or tomorrow', () => {
    expect(nextRun('cron(0 3 * * ? *)', at('2026-11-21T02:59:59.999Z'))).toBe(at('2026-11-21T03:00:00Z'));
    expect(nextRun('cron(0 3 * * ? *)', at('2026-11-21T03:00:00Z'))).toBe(at('2026-11-22T03:00:00Z'));
    expect(nextRun('cron(30 23 * * ? *)', at('2026-12-31T23:45:00Z'))).toBe(at('2027-01-01T23:30:00Z'));
  });

  it('reads the schedule of every job, and says so when it cannot read one', () => {
    for (const { schedule } of jobs) expect(nextRun(schedule, 0)).toBeGreaterThan(0);
    expect(() => nextRun('cron(0 3 ? * MON *)', 0)).toThrow('cron(0 3 ? * MON *)');
  });
});

const runner = (invoke: (file: string, event: StepInput) => Promise<unknown>) => {
  const calls: string[] = [];
  let open = 0;
  const startThread = () => {
    open += 1;
    return {
      invoke: (file: string, event: unknown) => {
        const input = event as StepInput;
        calls.push(`${file} ${input.runId} ${input.shard}/${input.shards}`);
        return invoke(file, input);
      },
      close: async () => {
        open -= 1;
      },
    };
  };
  const log = { write: () => true } as unknown as NodeJS.WritableStream;
  const said: string[] = [];
  const jobs = jobRunner({ startThread, newRunId: () => 'run', log, say: (line) => said.push(line) });
  return { jobs, calls, said, open: () => open };
};

describe('jobRunner', () => {
  it('runs the steps in order and the shards of each', async () => {
    const { jobs: run, calls, said, open } = runner(async (file, { shard }) => `${file} ${shard}`);
    const report = await run.run('retrain');
    const steps = jobs.find(({ name }) => name === 'retrain')?.steps ?? [];
    expect(calls).toEqual(
      steps.flatMap(({ name, shards }) =>
        Array.from({ length: shards }, (_, shard) => `jobs/${name}.ts run ${shard}/${shards}`),
      ),
    );
    expect(report).toMatchObject({ job: 'retrain', runId: 'run' });
    expect(report.steps.map(({ name }) => name)).toEqual(steps.map(({ name }) => name));
    expect(said.filter((line) => line.endsWith('...'))).toEqual(
      steps.map(({ name }) => `retrain: ${name} ...`),
    );
    expect(open()).toBe(0);
  });

  it('runs a few shards at once', async () => {
    let [running, most] = [0, 0];
    const { jobs: run } = runner(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    });
    await run.run('retrain');
    expect(most).toBe(2);
  });

  it('does not begin a step when a shard of the one before failed, and can be run again', async () => {
    let broken = true;
    const {
      jobs: run,
      calls,
      open,
    } = runner(async (_, { shard }) => {
      if (broken && shard === 3) throw new Error('shard 3');
    });
    await expect(run.run('retrain')).rejects.toThrow('shard 3');
    expect(calls.every((call) => call.startsWith('jobs/export.ts'))).toBe(true);
    expect(open()).toBe(0);
    broken = false;
    await expect(run.run('retrain')).resolves.toMatchObject({ job: 'retrain' });
  });

  it('does not run a job twice at once, but another one beside it', async () => {
    const gate = Promise.withResolvers<void>();
    const { jobs: run } = runner(() => gate.promise);
    const first = run.run('trending');
    await expect(run.run('trending')).rejects.toThrow(JobRunning);
    const other = run.run('precompute');
    gate.resolve();
    await Promise.all([first, other]);
    await expect(run.run('nothing')).rejects.toThrow(UnknownJob);
  });
});
