import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Asked, ServeFigures } from './serve-figures.ts';

export type Served = ServeFigures & { readonly logBytesPerAnswer: number };

/** Serves in a fresh process, which finds the stores through this one's environment. */
export const runServe = async (asked: Asked): Promise<Served> => {
  const child = fork(new URL('./serve.ts', import.meta.url), [JSON.stringify(asked)], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let logBytes = 0;
  child.stdout?.on('data', (part: Buffer) => {
    logBytes += part.length;
  });
  const figures = once(child, 'message').then(([message]) => message as ServeFigures);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The serving process ended with ${code} before it told its figures`);
  });
  const told = await Promise.race([figures, ended]);
  ended.catch(() => undefined);
  return { ...told, logBytesPerAnswer: logBytes / told.requests };
};
