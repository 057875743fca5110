import { describe, expect, it } from '@jest/globals';
import { functionsOf, type Job, jobs } from '../../contracts/nights.ts';
import { jobDefinition } from '../../lib/constructs/job-definition.ts';
import type { JobTargets } from '../../lib/constructs/job-states/state.ts';
import { runMachine } from '../support/states-language/run-machine.ts';
import { faultsOfMachine, type Machine } from '../support/states-language/states.ts';
import { type FakeAwsOptions, fakeAws } from './support/fake-aws.ts';

const targets: JobTargets = {
  functionArnOf: (step) => `arn:function:${step}`,
  topicArn: 'arn:topic',
  bucketName: 'bucket',
  sparkJobName: 'spark-job',
  inlineShards: false,
};
const jobNamed = (name: Job['name']) => jobs.find((job) => job.name === name) as Job;
const define = (job: Job, changed: Partial<JobTargets> = {}) =>
  jobDefinition(job, { ...targets, ...changed }) as unknown as Machine;

const runJob = async (name: Job['name'], options: FakeAwsOptions = {}, changed: Partial<JobTargets> = {}) => {
  const aws = fakeAws(options);
  const machine = define(jobNamed(name), changed);
  const run = await runMachine(machine, { name: 'night-1', input: {}, services: aws.services });
  return { ...aws, run, steps: [...new Set(aws.calls.map(({ step }) => step))] };
};
const inputsOf = (calls: Awaited<ReturnType<typeof runJob>>['calls'], wanted: string) =>
  calls.filter(({ step }) => step === wanted).map(({ input }) => input);

const fault = (name: string, message: string) => Object.assign(new Error(message), { name });

describe.each(jobs.map((job) => [job.name, job] as const))('the definition of %s', (name, job) => {
  it.each([false, true])('is well made, with the shards inline: %s', (inlineShards) => {
    expect(faultsOfMachine(define(job, { inlineShards }))).toEqual([]);
  });

  it('runs every step in order, named after the execution', async () => {
    const { run, steps, calls, announced } = await runJob(name);
    expect(run).toMatchObject({ status: 'SUCCEEDED' });
    expect(steps).toEqual(job.steps.filter(({ kind }) => kind !== 'spark').map((step) => step.name));
    expect(new Set(calls.map(({ input }) => input.runId))).toEqual(new Set(['night-1']));
    expect(announced).toEqual([]);
  });

  it('repeats a call that fails at times, and goes on', async () => {
    const { run, calls } = await runJob(name, {
      answer: (_, attempt) => {
        if (attempt < 3) throw fault('Throttled', 'slow down');
      },
    });
    expect(run.status).toBe('SUCCEEDED');
    expect(run.waited).toBeGreaterThan(0);
    expect(inputsOf(calls, job.steps[0]?.name ?? '')).toHaveLength(3);
  });

  it.each(functionsOf(job).flatMap((step) => (step === job.onFailure ? [] : [step.name])))(
    'keeps the reason, announces and fails when %s has failed for good',
    async (broken) => {
      const { run, calls, announced } = await runJob(name, {
        answer: ({ step }) => {
          if (step === broken) throw fault('OutOfMemory', 'the heap is full');
        },
      });
      expect(run.status).toBe('FAILED');
      expect(
        calls
          .map(({ step }) => step)
          .filter((step) => step !== 'fail')
          .at(-1),
      ).toBe(broken);
      expect(announced).toHaveLength(1);
      expect(announced[0]).toMatch(
        new RegExp(`^${name} run night-1 failed: .*docs/runbook\\.md#job-failed$`),
      );
      if (job.onFailure === undefined) return;
      const [first] = inputsOf(calls, 'fail');
      expect(first).toMatchObject({ runId: 'night-1', failure: { Error: 'OutOfMemory' } });
      expect(first?.failure?.Cause).toContain('the heap is full');
    },
  );
});

describe('a sharded step', () => {
  it('gets the shards of the manifest that plan wrote, each once', async () => {
    const { calls, run } = await runJob('retrain', { shards: 50 });
    expect(run.status).toBe('SUCCEEDED');
    for (const step of ['export', 'publish', 'precompute'])
      expect(inputsOf(calls, step).map(({ shard, shards }) => [shard, shards])).toEqual(
        Array.from({ length: 50 }, (_, shard) => [shard, 50]),
      );
    expect(inputsOf(calls, 'train')).toEqual([{ runId: 'night-1', shard: 0, shards: 1 }]);
  });

  it('takes as many shards as plan may make', async () => {
    expect((await runJob('retrain', { shards: 1000 })).run.status).toBe('SUCCEEDED');
  });

  it('fails where there is no manifest, before it has called anything', async () => {
    const { run, steps } = await runJob('retrain', {
      answer: ({ step }) => (step === 'plan' ? { items: [] } : undefined),
    });
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
    expect(steps).toEqual(['plan', 'fail']);
  });

  it('lets a failed shard keep its own reason, which the map run would swallow', async () => {
    const { run, calls } = await runJob('retrain', {
      answer: ({ step, input }) => {
        if (step === 'export' && input.shard === 1) throw fault('CorruptPage', 'page 7');
      },
    });
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    expect(inputsOf(calls, 'fail').map(({ shard, failure }) => [shard, failure?.Error])).toEqual([
      [1, 'CorruptPage'],
      [0, 'States.ExceedToleratedFailureThreshold'],
    ]);
  });

  it('reads its shards from the answer of plan where the manifest cannot be read', async () => {
    const { run, calls } = await runJob('retrain', {}, { inlineShards: true });
    expect(run.status).toBe('SUCCEEDED');
    expect(inputsOf(calls, 'export')).toHaveLength(3);
  });
});

describe('Spark', () => {
  const spark = { engine: 'spark' } as const;
  const going = ['STARTING', 'WAITING', 'RUNNING', 'STOPPING'].map((JobRunState) => ({ JobRunState }));

  it('is left out where one machine is enough', async () => {
    expect((await runJob('retrain')).sparkRuns).toEqual([]);
  });

  it('trains from the run’s export into the run’s model, between size and train', async () => {
    const { run, sparkRuns } = await runJob('retrain', spark);
    expect(run.status).toBe('SUCCEEDED');
    expect(sparkRuns).toEqual([
      {
        '--run': 'night-1',
        '--input': 's3://bucket/exports/night-1/',
        '--output': 's3://bucket/models/night-1/',
      },
    ]);
    const order = run.entered.filter((name) => ['size', 'Start Spark', 'train'].includes(name));
    expect(order).toEqual(['size', 'Start Spark', 'train']);
  });

  it('is looked after every minute until it has ended', async () => {
    const { run } = await runJob('retrain', {
      ...spark,
      sparkStates: [...going, { JobRunState: 'SUCCEEDED' }],
    });
    expect([run.status, run.waited]).toEqual(['SUCCEEDED', 300]);
  });

  it.each(['FAILED', 'TIMEOUT', 'STOPPED', 'ERROR', 'EXPIRED'])(
    'ends the night like any other step when it ends as %s',
    async (JobRunState) => {
      const sparkStates = [...going, { JobRunState, ErrorMessage: 'Shard 3 is cut off' }];
      const { run, calls, announced } = await runJob('retrain', { ...spark, sparkStates });
      const failure = {
        Error: `Spark.${JobRunState}`,
        Cause: `The Glue job run jr_1 ended as ${JobRunState}: Shard 3 is cut off`,
      };
      expect(run).toMatchObject({ status: 'FAILED', error: failure.Error, cause: failure.Cause });
      expect(inputsOf(calls, 'fail').map((input) => input.failure)).toEqual([failure]);
      expect(inputsOf(calls, 'train')).toEqual([]);
      expect(announced).toHaveLength(1);
    },
  );

  it('needs no reason to have failed', async () => {
    const { run } = await runJob('retrain', { ...spark, sparkStates: [{ JobRunState: 'STOPPED' }] });
    expect(run).toMatchObject({ status: 'FAILED', cause: 'The Glue job run jr_1 ended as STOPPED' });
  });

  it('is a Glue job that the definition has to be given', () => {
    expect(() => define(jobNamed('retrain'), { sparkJobName: undefined })).toThrow(/needs a Glue job/);
  });
});

describe('failures of the failure path', () => {
  it.each(['fail', 'topic'])('do not hide the failure itself: %s', async (broken) => {
    const aws = fakeAws({
      answer: ({ step }) => {
        if (step === 'train' || (broken === 'fail' && step === 'fail')) throw fault('Broken', step);
      },
    });
    const services = {
      ...aws.services,
      ...(broken === 'topic' && {
        'arn:aws:states:::sns:publish': async () => {
          throw fault('SNS.InternalError', 'no');
        },
      }),
    };
    const run = await runMachine(define(jobNamed('retrain')), { name: 'night-1', input: {}, services });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Broken' });
    expect(run.cause).toContain('train');
  });

  it('are none where the job has no steps: it is refused', () => {
    const empty: Job = { name: 'retrain', description: '', schedule: '', steps: [] };
    expect(() => define(empty)).toThrow(/no steps/);
  });
});
