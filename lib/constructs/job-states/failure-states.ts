import type { Job } from '../../../contracts/nights.ts';
import { callFunction } from './call-function.ts';
import { FAILURE_ENTRY, type JobTargets, type States } from './state.ts';

const ANNOUNCE = 'Announce failure';

/** The job keeps the reason where it has a place for it; that it could not must not hide the failure itself. */
const keepReason = ({ onFailure }: Job, { functionArnOf }: JobTargets): States => ({
  [FAILURE_ENTRY]:
    onFailure === undefined
      ? { Type: 'Pass', Next: ANNOUNCE }
      : {
          ...callFunction({
            functionArn: functionArnOf(onFailure.name),
            payload: { 'runId.$': '$.runId', shard: 0, shards: 1, 'failure.$': '$.failure' },
            timeoutMinutes: onFailure.timeoutMinutes,
          }),
          ResultPath: null,
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: ANNOUNCE }],
          Next: ANNOUNCE,
        },
});

/** What happens after a step has failed for good: the reason is kept, people are told, the run fails with the step's error. */
export const failureStates = (job: Job, targets: JobTargets): States => ({
  ...keepReason(job, targets),
  [ANNOUNCE]: {
    Type: 'Task',
    Resource: 'arn:aws:states:::sns:publish',
    Parameters: {
      TopicArn: targets.topicArn,
      Subject: `Attune: ${job.name} failed`,
      'Message.$': `States.Format('${job.name} run {} failed: {} Runbook: docs/runbook.md#job-failed', $.runId, States.JsonToString($.failure))`,
    },
    ResultPath: null,
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Failed' }],
    Next: 'Failed',
  },
  Failed: { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
});
