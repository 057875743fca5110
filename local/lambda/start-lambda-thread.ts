import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';

/** A thread that runs Lambdas apart from the one that answers requests. */
export type LambdaThread = {
  /** Calls `lambdas/<file>` with the event; throws what the Lambda throws. */
  invoke(file: string, event: unknown): Promise<unknown>;
  close(): Promise<void>;
};

type Answer = { readonly result?: unknown; readonly error?: Error };

/** Starts one. Its console output goes to `log`; the environment of this moment is copied. */
export const startLambdaThread = (log: NodeJS.WritableStream): LambdaThread => {
  const worker = new Worker(new URL('./lambda-thread.ts', import.meta.url), { stdout: true, stderr: true });
  worker.stdout.pipe(log, { end: false });
  worker.stderr.pipe(log, { end: false });
  worker.on('error', (error) => log.write(`A Lambda thread ended: ${error.stack ?? error.message}\n`));
  return {
    invoke: async (file, event) => {
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ file, event, requestId: randomUUID(), answerTo: port2 }, [port2]);
      const [answer] = (await Promise.race([once(port1, 'message'), once(worker, 'exit')])) as [
        Answer | number,
      ];
      port1.close();
      if (typeof answer === 'number') throw new Error('The thread ended before the Lambda answered');
      if (answer.error) throw answer.error;
      return answer.result;
    },
    close: async () => {
      await worker.terminate();
    },
  };
};
