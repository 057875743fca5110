import type { Distributions } from './distributions.ts';

type Levels = { readonly alpha: number; readonly distributions: Distributions };

/**
 * Chance that a two-sided test at level `alpha` finds a difference of `effect` whose estimate has the standard error `error`
 * (normal approximation; Cohen, Statistical Power Analysis, 2.3). Both tails.
 */
export const powerOf = (effect: number, error: number, { alpha, distributions }: Levels): number => {
  if (error === 0) return effect === 0 ? alpha : 1;
  const critical = distributions.normalQuantile(1 - alpha / 2);
  const shift = Math.abs(effect) / error;
  return distributions.normalCdf(shift - critical) + distributions.normalCdf(-shift - critical);
};

/** The smallest difference that is found with probability `power` at the standard error `error`. */
export const detectableEffect = (error: number, power: number, { alpha, distributions }: Levels): number =>
  (distributions.normalQuantile(1 - alpha / 2) + distributions.normalQuantile(power)) * error;

/** Users needed in each of two equal arms to find `effect` at a standard deviation of `deviation` with probability `power`. */
export const usersPerArm = (
  effect: number,
  deviation: number,
  { power, ...levels }: Levels & { power: number },
): number => Math.ceil(2 * (detectableEffect(deviation, power, levels) / effect) ** 2);
