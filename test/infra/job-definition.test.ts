import { describe, expect, it } from '@jest/globals';
import type { Job } from '../../contracts/nights.ts';
import { jobs } from '../../contracts/nights.ts';
import { jobDefinition } from '../../lib/constructs/job-definition.ts';

type State = {
  Type: string;
  Next?: string;
  End?: boolean;
  Retry?: { ErrorEquals: string[]; BackoffRate: number; MaxAttempts: number }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  Parameters?: Record<string, unknown>;
  ItemsPath?: string;
  ItemSelector?: Record<string, unknown>;
  MaxConcurrency?: number;
  ItemProcessor?: { ProcessorConfig: { Mode: string }; StartAt: string; States: Record<string, State> };
};

const targets = { functionArnOf: (step: string) => `arn:function:${step}`, topicArn: 'arn:topic' };

const define = (job: Job) => {
  const definition = jobDefinition(job, targets);
  return { ...definition, States: definition.States as unknown as Record<string, State> };
};

/** States on the way without failures, in order. */
const path = ({ StartAt, States }: ReturnType<typeof define>): string[] => {
  const names: string[] = [];
  for (let name: string | undefined = StartAt; name !== undefined; name = States[name]?.Next)
    names.push(name);
  return names;
};

describe('jobDefinition', () => {
  it.each(jobs.map((job) => [job.name, job] as const))('runs the steps of %s in order', (_, job) => {
    expect(path(define(job))).toEqual(['Name the run', ...job.steps.map((step) => step.name), 'Done']);
  });

  it.each(jobs.map((job) => [job.name, job] as const))(
    'leads every state of %s to one that exists',
    (_, job) => {
      const { States } = define(job);
      const targetsOf = (state: State) => [state.Next, ...(state.Catch ?? []).map(({ Next }) => Next)];
      for (const next of Object.values(States).flatMap(targetsOf))
        if (next !== undefined) expect(States[next]).toBeDefined();
    },
  );

  it('names the run after the execution and lists the shards of each sharded step', () => {
    const job = jobs.find(({ name }) => name === 'retrain') as Job;
    const { Parameters } = define(job).States['Name the run'] as State;
    expect(Parameters?.['runId.$']).toBe('$$.Execution.Name');
    const shards = Parameters?.shards as Record<string, number[]>;
    for (const step of job.steps.filter((known) => known.shards > 1)) {
      expect(shards[step.name]).toEqual(Array.from({ length: step.shards }, (_, shard) => shard));
    }
  });

  it('gives each shard its number and a single step shard 0 of 1', () => {
    const [first, second] = jobs[0]?.steps ?? [];
    const { States } = define(jobs[0] as Job);
    const sharded = States[first?.name ?? ''] as State;
    expect(sharded).toMatchObject({
      Type: 'Map',
      ItemsPath: '$.shards.export',
      MaxConcurrency: first?.shards,
      ItemSelector: { 'runId.$': '$.runId', 'shard.$': '$$.Map.Item.Value', shards: first?.shards },
    });
    const inner = sharded.ItemProcessor?.States[sharded.ItemProcessor.StartAt] as State;
    expect(inner.Parameters).toEqual({
      FunctionName: 'arn:function:export',
      Payload: { 'runId.$': '$.runId', 'shard.$': '$.shard', 'shards.$': '$.shards' },
    });
    const single = States[second?.name ?? ''] as State;
    expect(single.Parameters).toEqual({
      FunctionName: 'arn:function:train',
      Payload: { 'runId.$': '$.runId', shard: 0, shards: 1 },
    });
  });

  it('repeats every call with growing pauses, then announces the failure and fails', () => {
    for (const job of jobs) {
      const { States } = define(job);
      for (const step of job.steps) {
        const state = States[step.name] as State;
        const call = state.ItemProcessor?.States[state.ItemProcessor.StartAt] ?? state;
        expect(call.Retry?.at(-1)).toMatchObject({ ErrorEquals: ['States.ALL'], BackoffRate: 2 });
        expect(state.Catch).toEqual([
          { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Announce failure' },
        ]);
      }
      expect(States['Announce failure']).toMatchObject({
        Type: 'Task',
        Parameters: { TopicArn: 'arn:topic' },
        Next: 'Failed',
      });
      expect(States.Failed?.Type).toBe('Fail');
    }
  });

  it('refuses a job without steps', () => {
    expect(() =>
      jobDefinition({ name: 'retrain', description: '', schedule: '', steps: [] }, targets),
    ).toThrow(/no steps/);
  });
});
