import { setTimeout as delay } from 'node:timers/promises';

type Wait = { readonly what: string; readonly timeoutMs?: number; readonly everyMs?: number };

/** Asks again until the answer is there (not undefined); rejects naming what it waited for. */
export const eventually = async <T>(wait: Wait, ask: () => Promise<T | undefined>): Promise<T> => {
  const { what, timeoutMs = 60_000, everyMs = 500 } = wait;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}`);
    await delay(everyMs);
  }
};
