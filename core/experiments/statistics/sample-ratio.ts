import type { Distributions } from './distributions.ts';

/** Below it the split is not what was asked for, and no result means anything (Fabijan et al. 2019, KDD, "Diagnosing sample ratio mismatch"). */
export const SAMPLE_RATIO_ALPHA = 0.001;

export type SampleRatio = { readonly pValue: number; readonly ok: boolean };

/** Chi-square test of the users seen per arm against the weights (any positive numbers); arms without weight are left out. */
export const sampleRatio = (
  users: readonly number[],
  weights: readonly number[],
  { chiSquareTail }: Distributions,
): SampleRatio => {
  const arms = weights
    .map((weight, k) => ({ weight, seen: users[k] ?? 0 }))
    .filter(({ weight }) => weight > 0);
  const total = arms.reduce((sum, { seen }) => sum + seen, 0);
  const whole = arms.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0 || arms.length < 2) return { pValue: 1, ok: true };
  const statistic = arms.reduce((sum, { seen, weight }) => {
    const expected = (total * weight) / whole;
    return sum + (seen - expected) ** 2 / expected;
  }, 0);
  const pValue = chiSquareTail(statistic, arms.length - 1);
  return { pValue, ok: pValue >= SAMPLE_RATIO_ALPHA };
};
