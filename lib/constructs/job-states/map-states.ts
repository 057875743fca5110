import type { MapStep, TaskStep } from '../../../contracts/nights.ts';
import { callFunction } from './call-function.ts';
import {
  catchAll,
  FAILURE_ENTRY,
  type JobTargets,
  type State,
  type States,
  type StepStates,
} from './state.ts';

const shard = { 'runId.$': '$.runId', 'shard.$': '$.shard', 'shards.$': '$.shards' };

/**
 * A Distributed Map tells of a failed shard only that too many failed. So the shard notes its reason itself before it
 * fails.
 */
const noteReason = (
  name: string,
  onFailure: TaskStep | undefined,
  { functionArnOf }: JobTargets,
): States => ({
  ...(onFailure && {
    [`note ${name} failure`]: {
      ...callFunction({
        functionArn: functionArnOf(onFailure.name),
        payload: { ...shard, 'failure.$': '$.failure' },
        timeoutMinutes: onFailure.timeoutMinutes,
      }),
      ResultPath: null,
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: `${name} shard failed` }],
      Next: `${name} shard failed`,
    },
  }),
  [`${name} shard failed`]: { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
});

const perShard = (step: MapStep, onFailure: TaskStep | undefined, targets: JobTargets): States => ({
  [`${step.name} shard`]: {
    ...callFunction({
      functionArn: targets.functionArnOf(step.name),
      payload: shard,
      timeoutMinutes: step.timeoutMinutes,
    }),
    // The answers of all shards are collected: each is kept as small as its input.
    ResultPath: null,
    Catch: catchAll(onFailure ? `note ${step.name} failure` : `${step.name} shard failed`),
    End: true,
  },
  ...noteReason(step.name, onFailure, targets),
});

const fromManifest = (bucketName: string): State => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: { InputType: 'JSON' },
    Parameters: { Bucket: bucketName, 'Key.$': "States.Format('exports/{}/shards.json', $.runId)" },
  },
});

/**
 * A step that is called for every shard: a Distributed Map over the run's manifest in the bucket, in which one failed shard fails
 * the step. Its workers are standard workflows, since a shard may take longer than the five minutes of express ones.
 */
export const mapStates = (
  step: MapStep,
  onFailure: TaskStep | undefined,
  targets: JobTargets,
): StepStates => ({
  entry: step.name,
  states: (next) => ({
    [step.name]: {
      Type: 'Map',
      Label: step.name,
      ...(targets.inlineShards ? { ItemsPath: '$.plan.items' } : fromManifest(targets.bucketName)),
      MaxConcurrency: step.concurrency,
      ToleratedFailurePercentage: 0,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: `${step.name} shard`,
        States: perShard(step, onFailure, targets),
      },
      ResultPath: null,
      Catch: catchAll(FAILURE_ENTRY),
      Next: next,
    },
  }),
});
