import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 100;

/** Asks again and again until the answer fits; throws with the last answer when it does not come to fit in time. */
export const until = async <T>(
  ask: () => Promise<T>,
  fits: (answer: T) => boolean,
  seconds = 30,
): Promise<T> => {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (Date.now() > end) throw new Error(`Did not come to fit in ${seconds} s: ${JSON.stringify(answer)}`);
    await delay(EVERY_MS);
  }
};
