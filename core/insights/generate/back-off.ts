import type { FailedText, TextFailure, TextState } from '../ports.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const FIRST_MS = 5 * MINUTE;
const FACTOR = 3;

/** How long a text is not tried again after so many failures in a row (from 1): 5, 15, 45, ... minutes, a day at most. In ms. */
export const pauseAfter = (attempts: number): number =>
  Math.min(DAY, FIRST_MS * FACTOR ** Math.max(0, Math.min(attempts, 10) - 1));

/** Failures in a row, as far as the slot knows them. */
export const attemptsOf = (state: TextState | undefined): number =>
  state === undefined || state.state === 'written' ? 0 : (state.attempts ?? 0);

const nextDay = (now: number): number => (Math.floor(now / DAY) + 1) * DAY;

const isBudget = (why: TextFailure): boolean => why === 'budget of the user' || why === 'budget of the stack';

/** A failure as it is noted on a slot; where a budget is used up, until the next day (UTC). `attempts`: failures before it. */
export const failedText = (failure: {
  readonly hash: string;
  readonly why: TextFailure;
  readonly attempts: number;
  readonly now: number;
}): FailedText => {
  const { hash, why, now } = failure;
  if (isBudget(why)) {
    return { state: 'failed', hash, why, attempts: failure.attempts, until: nextDay(now) };
  }
  const attempts = failure.attempts + 1;
  return { state: 'failed', hash, why, attempts, until: now + pauseAfter(attempts) };
};
