import { setTimeout as delay } from 'node:timers/promises';

const FIRST_MS = 10;
const LONGEST_MS = 500;

/** Waits before a repeated attempt: exponential back-off with full jitter (Brooker 2015, AWS Architecture Blog). */
export const pause = async (attempt: number): Promise<void> => {
  await delay(Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt));
};
