import { type MessagePort, parentPort } from 'node:worker_threads';
import { type Invoke, loadHandler } from './load-handler.ts';

type Call = {
  readonly file: string;
  readonly event: unknown;
  readonly requestId: string;
  readonly answerTo: MessagePort;
};

const loaded = new Map<string, Promise<Invoke>>();

const handlerOf = (file: string): Promise<Invoke> => {
  const known = loaded.get(file) ?? loadHandler(file);
  loaded.set(file, known);
  return known;
};

const answer = async ({ file, event, requestId }: Call): Promise<unknown> => {
  try {
    return { result: await (await handlerOf(file))(event, requestId) };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
};

parentPort?.on('message', async (call: Call) => call.answerTo.postMessage(await answer(call)));
