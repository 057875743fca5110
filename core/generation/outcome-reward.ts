import { rounded } from '../profile/view/curves.ts';
import type { GenerationOutcome } from './types.ts';

/** What a status is worth, and how much it counts beside a rating (3) and the share that was watched (2). */
const STATUSES: Readonly<
  Record<GenerationOutcome['status'], { readonly worth: number; readonly weight: number }>
> = {
  published: { worth: 0.9, weight: 2 },
  // Only that there is something to judge.
  completed: { worth: 0.6, weight: 0 },
  cancelled: { worth: 0.2, weight: 1 },
  discarded: { worth: 0.05, weight: 2 },
  // A machine's failure says nothing of what the user likes.
  failed: { worth: 0, weight: 0 },
};
const RATING_WEIGHT = 3;
const WATCHED_WEIGHT = 2;
const DIGITS = 3;

/**
 * What an outcome is worth, 0-1: the weighted mean of its status, its rating ((rating - 1) / 4) and the share that was watched.
 * `completed` without either is worth 0.6; null for a failure about which the user said nothing.
 */
export const rewardOf = ({ status, rating, watchedRatio }: GenerationOutcome): number | null => {
  const { worth, weight } = STATUSES[status];
  const parts: (readonly [worth: number, weight: number])[] = [[worth, weight]];
  if (rating !== undefined) parts.push([(rating - 1) / 4, RATING_WEIGHT]);
  if (watchedRatio !== undefined) parts.push([watchedRatio, WATCHED_WEIGHT]);
  const weights = parts.reduce((sum, [, part]) => sum + part, 0);
  if (weights === 0) return status === 'failed' ? null : worth;
  return rounded(parts.reduce((sum, [value, part]) => sum + value * part, 0) / weights, DIGITS);
};
