import { readFileSync } from 'node:fs';

const EVERY_MS = 500;

/** The process that started `pid`, where the system tells. */
const parentOf = (pid: number): number | undefined => {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1);
    return Number(afterName?.split(' ')[1]);
  } catch {
    return undefined;
  }
};

/** npm starts a shell, and the shell this process. */
const ancestors = (): string => `${process.ppid} ${parentOf(process.ppid)}`;

/**
 * Ends a server that npm started when npm is gone: a killed npm cannot pass the signal on, and a server left behind would
 * keep its port and the lock on its files. A server that was started without npm goes on.
 */
export const endWithParent = (env: NodeJS.ProcessEnv, end: () => void): void => {
  if (env.npm_lifecycle_event === undefined) return;
  const before = ancestors();
  setInterval(() => {
    if (ancestors() !== before) end();
  }, EVERY_MS).unref();
};
