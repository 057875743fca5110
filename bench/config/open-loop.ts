import { setTimeout as delay } from 'node:timers/promises';

/** How long an answer took, counted from the moment it was due, in milliseconds, and its status. */
export type Served = { readonly status: number; readonly milliseconds: number };

/**
 * Sends at a steady rate whether or not earlier requests were answered, as users do: waiting in line counts as waiting
 * (no coordinated omission). Answers once all are answered.
 */
export const openLoop = async (
  { perSecond, seconds }: { perSecond: number; seconds: number },
  send: (index: number) => Promise<number>,
): Promise<Served[]> => {
  const start = performance.now();
  const total = Math.round(perSecond * seconds);
  const served: Promise<Served>[] = [];
  for (let index = 0; index < total; index += 1) {
    const due = start + (index * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await delay(early);
    served.push(send(index).then((status) => ({ status, milliseconds: performance.now() - due })));
  }
  return Promise.all(served);
};
