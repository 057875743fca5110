import type { GammaGamma } from '../types.ts';
import { minimiseFrom, pullOf } from './minimise.ts';
import type { SpecialFunctions } from './special-functions.ts';

/** The mean value of `count` payments of one customer. */
export type MeanPayment = { count: number; mean: number };

export type GammaGammaFit = {
  parameters: GammaGamma;
  logLikelihood: number;
  customers: number;
  converged: boolean;
};

/**
 * Log-likelihood of the Gamma-Gamma model (Fader and Hardie 2013: "The Gamma-Gamma Model of Monetary Value", equation 1a; v is gamma there).
 */
export const gammaGammaLogLikelihood = (
  customers: readonly MeanPayment[],
  { p, q, v }: GammaGamma,
  { gammaln }: SpecialFunctions,
): number => {
  const fixed = q * Math.log(v) - gammaln(q);
  let sum = 0;
  for (const { count, mean } of customers) {
    const px = p * count;
    sum += gammaln(px + q) - gammaln(px) + fixed;
    sum += (px - 1) * Math.log(mean) + px * Math.log(count) - (px + q) * Math.log(v + count * mean);
  }
  return sum;
};

/**
 * Maximum likelihood, over customers with payments of more than nothing. Values are fitted in units of their mean, so that the
 * currency does not matter.
 * @throws RangeError with fewer than two such customers, or where all pay the same
 */
export const fitGammaGamma = (payments: readonly MeanPayment[], special: SpecialFunctions): GammaGammaFit => {
  const paying = payments.filter(({ count, mean }) => count >= 1 && mean > 0 && Number.isFinite(mean));
  if (paying.length < 2) throw new RangeError('Gamma-Gamma needs two customers with payments');
  const unit = paying.reduce((sum, { mean }) => sum + mean, 0) / paying.length;
  if (paying.every(({ mean }) => Math.abs(mean - unit) <= 1e-9 * unit))
    throw new RangeError('Gamma-Gamma needs payments of different values');
  const scaled = paying.map(({ count, mean }) => ({ count, mean: mean / unit }));
  const parametersOf = (logs: ArrayLike<number>): GammaGamma => ({
    p: Math.exp(logs[0]!),
    q: Math.exp(logs[1]!),
    v: Math.exp(logs[2]!),
  });
  const objective = (logs: Float64Array): number => {
    const value =
      -gammaGammaLogLikelihood(scaled, parametersOf(logs), special) / scaled.length + pullOf(logs);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const starts = [
    [1, 2, 1],
    [6, 4, 0.5],
    [2, 10, 5],
  ].map((start) => start.map(Math.log));
  const best = minimiseFrom(objective, starts);
  const { p, q, v } = parametersOf(best.at);
  const parameters = { p, q, v: v * unit };
  return {
    parameters,
    logLikelihood: gammaGammaLogLikelihood(paying, parameters, special),
    customers: paying.length,
    converged: best.converged,
  };
};
