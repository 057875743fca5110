import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { LambdaAnswer, LambdaCall } from './lambda-thread.ts';

/** A thread that runs Lambdas apart from the one that answers requests. */
export type LambdaThread = {
  /** Calls `lambdas/<file>` with the event; throws what the Lambda throws, also when it runs out of time. */
  invoke(file: string, event: unknown, timeoutMs: number): Promise<unknown>;
  close(): Promise<void>;
};

type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void };

/** Starts one with so much memory. Its console output goes to `log`; the environment of this moment is copied. */
export const startLambdaThread = (log: NodeJS.WritableStream, memoryMb: number): LambdaThread => {
  const worker = new Worker(new URL('./lambda-thread.ts', import.meta.url), {
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  const waiting = new Map<string, Waiting>();
  worker.stdout.pipe(log, { end: false });
  worker.stderr.pipe(log, { end: false });
  worker.on('message', ({ requestId, result, error }: LambdaAnswer) => {
    const call = waiting.get(requestId);
    waiting.delete(requestId);
    if (error) call?.reject(error);
    else call?.resolve(result);
  });
  worker.on('error', (error) => log.write(`A Lambda thread ended: ${error.stack ?? error.message}\n`));
  worker.on('exit', () => {
    for (const { reject } of waiting.values())
      reject(new Error('The thread ended before the Lambda answered'));
    waiting.clear();
  });
  return {
    invoke: (file, event, timeoutMs) =>
      new Promise((resolve, reject) => {
        const call: LambdaCall = { requestId: randomUUID(), file, event, timeoutMs };
        waiting.set(call.requestId, { resolve, reject });
        worker.postMessage(call);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
};
