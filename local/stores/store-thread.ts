import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';

/** An embedded store that runs in a thread of its own and answers over HTTP on the loopback address. */
export type StoreThread = {
  readonly url: string;
  /** Asks the thread something beside the store's own interface, e.g. for its meter. */
  ask(question: string): Promise<unknown>;
  close(): Promise<void>;
};

/** Without a limit V8 lets garbage grow with the machine's memory. */
const STORE_HEAP_MB = 768;

/**
 * Starts one store. A thread and not a process: it uses the second core, and still dies with the server, so that a killed
 * server leaves nothing behind that holds the lock on its files.
 */
export const startStoreThread = async (file: URL, workerData: unknown): Promise<StoreThread> => {
  const worker = new Worker(file, {
    workerData,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: STORE_HEAP_MB },
  });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const ask = async (question: string): Promise<unknown> => {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ question, answerTo: port2 }, [port2]);
    const [answer] = await once(port1, 'message');
    port1.close();
    return answer;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    ask,
    close: async () => {
      await ask('close');
      await worker.terminate();
    },
  };
};
