const EVERY_MS = 500;

/**
 * Ends this process when the one that started it is gone: `npm` that was killed cannot pass a signal on, and a server left
 * behind would keep its port and the lock on its files. Only where npm or `ensure-install` started it; a server that was
 * put into the background by hand goes on.
 */
export const endWithParent = (env: NodeJS.ProcessEnv, end: () => void): void => {
  process.once('disconnect', end);
  if (env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, EVERY_MS).unref();
};
