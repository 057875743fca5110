import { type MessagePort, parentPort } from 'node:worker_threads';

type Question = { readonly question: string; readonly answerTo: MessagePort };

/** The thread's side of `StoreThread.ask`: says on which port the store listens, then answers by name. */
export const answerQuestions = (
  port: number,
  answers: Readonly<Record<string, () => unknown | Promise<unknown>>>,
): void => {
  parentPort?.on('message', async ({ question, answerTo }: Question) => {
    answerTo.postMessage(await answers[question]?.());
  });
  parentPort?.postMessage(port);
};
