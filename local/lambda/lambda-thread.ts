import { parentPort } from 'node:worker_threads';
import { type Invoke, loadHandler } from './load-handler.ts';

/** What the thread is asked for, and what it answers. */
export type LambdaCall = {
  readonly requestId: string;
  readonly file: string;
  readonly event: unknown;
  readonly timeoutMs: number;
};
export type LambdaAnswer = { readonly requestId: string; readonly result?: unknown; readonly error?: Error };

const loaded = new Map<string, Promise<Invoke>>();

const handlerOf = (file: string): Promise<Invoke> => {
  const handler = loaded.get(file) ?? loadHandler(file);
  loaded.set(file, handler);
  return handler;
};

const answer = async ({ requestId, file, event, timeoutMs }: LambdaCall): Promise<LambdaAnswer> => {
  try {
    const invoke = await handlerOf(file);
    return { requestId, result: await invoke(event, { requestId, timeoutMs }) };
  } catch (error) {
    return { requestId, error: error instanceof Error ? error : new Error(String(error)) };
  }
};

parentPort?.on('message', async (call: LambdaCall) => parentPort?.postMessage(await answer(call)));
