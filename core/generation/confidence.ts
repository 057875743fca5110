import { normalTail } from '../numbers/normal-tail.ts';

/** Standard deviation of the reward of one outcome, as seen in generations (rewards reach from 0 to 1 and gather at both ends). */
const SPREAD = 0.3;
/** So many observations make the evidence count half. */
const HALF = 4;

type Known = { readonly expected: number; readonly effective: number };

/**
 * How sure it is that the best value is the best, 0-1: the evidence for it, (n + 1) / (n + 1 + 4) of n effective observations, times the
 * probability that its mean is above that of the second (normal approximation). One option alone has no rival.
 */
export const confidenceOf = (best: Known, second: Known | undefined): number => {
  const evidence = (best.effective + 1) / (best.effective + 1 + HALF);
  if (!second) return evidence;
  const error = SPREAD * Math.sqrt(1 / (best.effective + 1) + 1 / (second.effective + 1));
  return evidence * (1 - normalTail((best.expected - second.expected) / error));
};
