import type { SparkStep } from '../../../contracts/nights.ts';
import {
  catchAll,
  FAILURE_ENTRY,
  type JobTargets,
  type State,
  type States,
  type StepStates,
} from './state.ts';

const WAIT_SECONDS = 60;

const retry = [
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 30,
    BackoffRate: 2,
    MaxAttempts: 4,
    JitterStrategy: 'FULL',
  },
];

const STATE = '$.spark.look.state';
const MESSAGE = '$.spark.look.run.ErrorMessage';

const start = (jobName: string, bucketName: string): State => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:glue:startJobRun',
  Parameters: {
    JobName: jobName,
    Arguments: {
      '--run.$': '$.runId',
      '--input.$': `States.Format('s3://${bucketName}/exports/{}/', $.runId)`,
      '--output.$': `States.Format('s3://${bucketName}/models/{}/', $.runId)`,
    },
  },
  ResultSelector: { 'id.$': '$.JobRunId' },
  ResultPath: '$.spark',
  Retry: retry,
  Catch: catchAll(FAILURE_ENTRY),
  Next: 'Wait for Spark',
});

const look = (jobName: string): State => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:glue:getJobRun',
  Parameters: { JobName: jobName, 'RunId.$': '$.spark.id' },
  ResultSelector: { 'state.$': '$.JobRun.JobRunState', 'run.$': '$.JobRun' },
  ResultPath: '$.spark.look',
  Retry: retry,
  Catch: catchAll(FAILURE_ENTRY),
  Next: 'Has Spark ended?',
});

const whenState = (name: string, Next: string) => ({ Variable: STATE, StringEquals: name, Next });

/** States of a Glue run in which there is still something to wait for. */
const going = ['STARTING', 'RUNNING', 'STOPPING', 'WAITING'];

const failure = (cause: string): State => ({
  Type: 'Pass',
  Parameters: { 'Error.$': `States.Format('Spark.{}', ${STATE})`, 'Cause.$': cause },
  ResultPath: '$.failure',
  Next: FAILURE_ENTRY,
});

/** A run of Glue says why it failed, unless it was stopped or timed out. */
const failures: States = {
  'Has Spark a reason?': {
    Type: 'Choice',
    Choices: [{ Variable: MESSAGE, IsPresent: true, Next: 'Spark failed with a reason' }],
    Default: 'Spark failed',
  },
  'Spark failed with a reason': failure(
    `States.Format('The Glue job run {} ended as {}: {}', $.spark.id, ${STATE}, ${MESSAGE})`,
  ),
  'Spark failed': failure(`States.Format('The Glue job run {} ended as {}', $.spark.id, ${STATE})`),
};

/**
 * Training past one machine, where the step `size` found it necessary: starts the Glue job and looks after it every minute. The polling
 * loop stands for `glue:startJobRun.sync`, which emulators do not know.
 */
export const sparkStates = (_: SparkStep, { sparkJobName, bucketName }: JobTargets): StepStates => {
  if (sparkJobName === undefined) throw new Error('a job with a Spark step needs a Glue job');
  return {
    entry: 'Which engine?',
    states: (next) => ({
      'Which engine?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.size.engine', StringEquals: 'spark', Next: 'Start Spark' }],
        Default: next,
      },
      'Start Spark': start(sparkJobName, bucketName),
      'Wait for Spark': { Type: 'Wait', Seconds: WAIT_SECONDS, Next: 'Look after Spark' },
      'Look after Spark': look(sparkJobName),
      'Has Spark ended?': {
        Type: 'Choice',
        Choices: [whenState('SUCCEEDED', next), ...going.map((name) => whenState(name, 'Wait for Spark'))],
        Default: 'Has Spark a reason?',
      },
      ...failures,
    }),
  };
};
