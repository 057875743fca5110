import assert from 'node:assert/strict';
import { awsCall } from './aws-call.ts';
import type { Deployment } from './deploy.ts';
import { eventually } from './eventually.ts';

/** Starts the state machine that an output of the stack names, and waits until it has succeeded. */
export const runJob = async ({ ministack, outputs }: Deployment, output: string): Promise<void> => {
  const states = awsCall(ministack.url, 'states');
  const { executionArn } = await states<{ executionArn: string }>('StartExecution', {
    stateMachineArn: outputs[output],
  });
  const ended = await eventually(
    { what: `the end of ${output}`, timeoutMs: 180_000, everyMs: 1000 },
    async () => {
      const run = await states<{ status: string; cause?: string }>('DescribeExecution', { executionArn });
      return run.status === 'RUNNING' ? undefined : run;
    },
  );
  assert.equal(ended.status, 'SUCCEEDED', ended.cause);
};
