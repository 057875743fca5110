import { mixtureTuning, TIGHTEST_AT } from './sequential.ts';
import { meanOf, type Sufficient, squaredError } from './sufficient.ts';

/**
 * Always-valid p-value of a difference of two means: the smallest level at which the sequential interval leaves out 0, the
 * mixture being tuned for `alpha` (duality of tests and confidence sequences: Howard, Ramdas, McAuliffe & Sekhon 2021, Annals
 * of Statistics 49, section 5; the boundary of theorem 2.2 of arXiv 2103.06476 solved for its level). At or below `alpha` just where
 * `sequentialInterval` leaves out 0. 1 below two users.
 */
export const sequentialPValue = (
  treated: Sufficient,
  control: Sufficient,
  { alpha, tightestAt = TIGHTEST_AT }: { alpha: number; tightestAt?: number },
): number => {
  if (treated.users < 2 || control.users < 2) return 1;
  const difference = meanOf(treated) - meanOf(control);
  const variance = squaredError(treated) + squaredError(control);
  if (variance === 0) return difference === 0 ? 1 : 0;
  const users = treated.users + control.users;
  const tuned = users * mixtureTuning(alpha, tightestAt) ** 2;
  const exponent = ((difference * difference) / variance) * (tuned / (2 * (tuned + 1)));
  return Math.min(1, Math.sqrt(tuned + 1) * Math.exp(-exponent));
};
