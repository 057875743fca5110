import { describe, expect, it } from '@jest/globals';
import { type Job, jobs, type StepInput } from '../../contracts/nights.ts';
import { JobRunning, jobRunner, UnknownJob } from '../../local/nights/job-runner.ts';
import { nextRun } from '../../local/nights/next-run.ts';
import { walkJob } from '../../local/nights/walk-job.ts';

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

const SHARDS = 4;

/** What the steps answer that others go by: `plan` the shards, `size` the engine. */
const answerOf = (file: string, { runId }: StepInput, engine: string): unknown => {
  if (file === 'jobs/size.ts') return { engine };
  if (file !== 'jobs/plan.ts') return `${file} done`;
  return { items: Array.from({ length: SHARDS }, (_, shard) => ({ runId, shard, shards: SHARDS })) };
};

type Work = (file: string, event: StepInput) => Promise<unknown>;

const runner = (work: Work = async () => undefined, engine = 'lambda') => {
  const calls: string[] = [];
  const failures: unknown[] = [];
  let open = 0;
  const startThread = () => {
    open += 1;
    return {
      invoke: async (file: string, event: unknown) => {
        const input = event as StepInput & { failure?: unknown };
        calls.push(`${file} ${input.runId} ${input.shard}/${input.shards}`);
        if (input.failure) failures.push(input.failure);
        return (await work(file, input)) ?? answerOf(file, input, engine);
      },
      close: async () => {
        open -= 1;
      },
    };
  };
  const log = { write: () => true } as unknown as NodeJS.WritableStream;
  const said: string[] = [];
  const jobs = jobRunner({ startThread, newRunId: () => 'run', log, say: (line) => said.push(line) });
  return { jobs, calls, failures, said, open: () => open };
};

const retrain = jobs.find(({ name }) => name === 'retrain') as Job;
const lambdaSteps = retrain.steps.filter(({ kind }) => kind !== 'spark');

describe('jobRunner', () => {
  it('runs the steps in order and the shards of each that plan has made', async () => {
    const { jobs: run, calls, said, open } = runner();
    const report = await run.run('retrain');
    expect(calls).toEqual(
      lambdaSteps.flatMap(({ name, kind }) =>
        Array.from(
          { length: kind === 'map' ? SHARDS : 1 },
          (_, shard) => `jobs/${name}.ts run ${shard}/${kind === 'map' ? SHARDS : 1}`,
        ),
      ),
    );
    expect(report).toMatchObject({ job: 'retrain', runId: 'run' });
    expect(report.steps.map(({ name }) => name)).toEqual(lambdaSteps.map(({ name }) => name));
    const export_ = report.steps.find(({ name }) => name === 'export');
    expect(export_?.result).toEqual(Array(SHARDS).fill('jobs/export.ts done'));
    expect(said.filter((line) => line.endsWith('...'))).toEqual(
      lambdaSteps.map(({ name }) => `retrain: ${name} ...`),
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

  it('begins no step after one of which a shard failed, has the reason kept, and can be run again', async () => {
    let broken = true;
    const {
      jobs: run,
      calls,
      failures,
      open,
    } = runner(async (file, { shard }) => {
      if (broken && file === 'jobs/export.ts' && shard === 3) throw new RangeError('shard 3');
    });
    await expect(run.run('retrain')).rejects.toThrow('shard 3');
    const files = [...new Set(calls.map((call) => call.split(' ')[0]))];
    expect(files).toEqual(['jobs/plan.ts', 'jobs/export.ts', 'jobs/fail.ts']);
    expect(failures).toEqual([{ Error: 'RangeError', Cause: 'shard 3' }]);
    expect(open()).toBe(0);
    broken = false;
    await expect(run.run('retrain')).resolves.toMatchObject({ job: 'retrain' });
  });

  it('throws the failure itself where even the reason cannot be kept, or the job keeps none', async () => {
    const refusing = runner(async (file) => {
      if (file !== 'jobs/plan.ts') throw new Error(file);
    });
    await expect(refusing.jobs.run('retrain')).rejects.toThrow('jobs/export.ts');
    await expect(refusing.jobs.run('trending')).rejects.toThrow('jobs/trending.ts');
    expect(refusing.calls.filter((call) => call.startsWith('jobs/fail.ts'))).toHaveLength(1);
  });

  it('says that there is no Spark here, and where plan has answered no shards', async () => {
    const { jobs: run, failures } = runner(undefined, 'spark');
    await expect(run.run('retrain')).rejects.toThrow(/Spark, which runs on AWS Glue/);
    expect(failures).toHaveLength(1);
    const planless = runner(async (file) => (file === 'jobs/plan.ts' ? {} : undefined));
    await expect(planless.jobs.run('precompute')).rejects.toThrow(/no shards/);
  });

  it('does not run a job twice at once, but another one beside it', async () => {
    const gate = Promise.withResolvers<undefined>();
    const { jobs: run } = runner(() => gate.promise);
    const first = run.run('trending');
    await expect(run.run('trending')).rejects.toThrow(JobRunning);
    const other = run.run('precompute');
    gate.resolve(undefined);
    await Promise.all([first, other]);
    await expect(run.run('nothing')).rejects.toThrow(UnknownJob);
  });
});

describe('walkJob', () => {
  it('trains with Spark between size and train where size asks for it and there is one', async () => {
    const order: string[] = [];
    const answers = await walkJob(retrain, 'run', {
      call: async (name, input) => {
        order.push(name);
        return answerOf(`jobs/${name}.ts`, input, 'spark');
      },
      trainOnSpark: async (runId) => {
        order.push(`spark ${runId}`);
        return 'trained';
      },
      atOnce: 1,
    });
    const at = order.indexOf('spark run');
    expect([order[at - 1], order[at + 1], answers.get('spark')]).toEqual(['size', 'train', 'trained']);
  });
});
