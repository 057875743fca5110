import type { Job, Step } from '../../contracts/nights.ts';

/** The Amazon States Language document of one job; strings may hold CDK tokens. */
export type JobDefinition = {
  readonly Comment: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

export type JobTargets = {
  readonly functionArnOf: (step: Step['name']) => string;
  readonly topicArn: string;
};

/** The service's own hiccups are repeated quickly; the function's failures, with time for a throttled table to recover. */
const retry = [
  {
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.TooManyRequestsException',
    ],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxAttempts: 6,
    JitterStrategy: 'FULL',
  },
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 20,
    BackoffRate: 2,
    MaxAttempts: 2,
    JitterStrategy: 'FULL',
  },
];

const giveUp = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Announce failure' }];

const invoke = (functionArn: string, payload: Record<string, unknown>) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: functionArn, Payload: payload },
  Retry: retry,
});

const single = (step: Step, functionArn: string) => ({
  ...invoke(functionArn, { 'runId.$': '$.runId', shard: 0, shards: 1 }),
  TimeoutSeconds: step.timeoutMinutes * 60,
  // Steps hand over through the bucket and the table: nothing but the run's name travels in the state.
  ResultPath: null,
  Catch: giveUp,
});

const sharded = (step: Step, functionArn: string) => ({
  Type: 'Map',
  ItemsPath: `$.shards.${step.name}`,
  ItemSelector: { 'runId.$': '$.runId', 'shard.$': '$$.Map.Item.Value', shards: step.shards },
  MaxConcurrency: step.shards,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'INLINE' },
    StartAt: `${step.name} shard`,
    States: {
      [`${step.name} shard`]: {
        ...invoke(functionArn, { 'runId.$': '$.runId', 'shard.$': '$.shard', 'shards.$': '$.shards' }),
        TimeoutSeconds: step.timeoutMinutes * 60,
        End: true,
      },
    },
  },
  ResultPath: null,
  Catch: giveUp,
});

const shardNumbers = (steps: readonly Step[]): Record<string, number[]> =>
  Object.fromEntries(
    steps
      .filter((step) => step.shards > 1)
      .map((step) => [step.name, Array.from({ length: step.shards }, (_, i) => i)]),
  );

const failureStates = (job: Job, topicArn: string) => ({
  'Announce failure': {
    Type: 'Task',
    Resource: 'arn:aws:states:::sns:publish',
    Parameters: {
      TopicArn: topicArn,
      Subject: `Attune: ${job.name} failed`,
      'Message.$': `States.Format('${job.name} run {} failed: {} Runbook: docs/runbook.md#job-failed', $.runId, States.JsonToString($.failure))`,
    },
    ResultPath: null,
    // A failed announcement must not hide the failure itself.
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Failed' }],
    Next: 'Failed',
  },
  Failed: { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
});

/**
 * One state per step, in order: a single task, or a Map over the shard numbers. A run is named by its execution, so that
 * a step that is repeated writes the same objects and items again.
 */
export const jobDefinition = (job: Job, { functionArnOf, topicArn }: JobTargets): JobDefinition => {
  const steps = job.steps.map((step, index) => {
    const next = job.steps[index + 1]?.name;
    const state =
      step.shards > 1 ? sharded(step, functionArnOf(step.name)) : single(step, functionArnOf(step.name));
    return [step.name, { ...state, Next: next ?? 'Done' }] as const;
  });
  const [first] = job.steps;
  if (first === undefined) throw new Error(`job ${job.name} has no steps`);
  return {
    Comment: job.description,
    StartAt: 'Name the run',
    States: {
      'Name the run': {
        Type: 'Pass',
        Parameters: { 'runId.$': '$$.Execution.Name', shards: shardNumbers(job.steps) },
        Next: first.name,
      },
      ...Object.fromEntries(steps),
      ...failureStates(job, topicArn),
      Done: { Type: 'Succeed' },
    },
  };
};
