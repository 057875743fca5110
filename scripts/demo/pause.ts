const PAUSE_MS = 4_000;

/** Waits some seconds, or until Enter is pressed. Nobody waits where nobody watches. */
export const pauseBetweenDays = (stdin: NodeJS.ReadStream, live: boolean): (() => Promise<void>) => {
  if (!live) return async () => undefined;
  return () =>
    new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        stdin.off('data', go);
        stdin.pause();
        resolve();
      };
      const timer = setTimeout(go, PAUSE_MS);
      if (stdin.isTTY) stdin.resume().on('data', go);
    });
};
