import type { Context } from 'aws-lambda';

/** API Gateway waits no longer than this for a Lambda. */
export const gatewayTimeoutMs = 30_000;

/** The context object that a Lambda receives beside its event. */
export const lambdaContext = (
  functionName: string,
  awsRequestId: string,
  timeoutMs: number = gatewayTimeoutMs,
): Context => {
  const started = Date.now();
  return {
    functionName,
    awsRequestId,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '1024',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, started + timeoutMs - Date.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
};
