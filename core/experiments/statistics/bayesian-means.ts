import type { Distributions } from './distributions.ts';
import type { Interval } from './wilson.ts';

/** What is believed of a difference once it was seen. */
export type Belief = {
  /** Probability that the treated arm is the better one. */
  readonly chanceToWin: number;
  /** What choosing the treated arm costs on average where it is the worse one, in the metric's unit. */
  readonly expectedLoss: number;
  readonly credible: Interval;
};

/** Standard deviation of relative lifts before anything is seen: two of three lie within 30 %. */
export const PRIOR_LIFT = 0.3;

/** E[max(0, -X)] of a normal X: the loss where X is what is won. */
const lossOf = (mean: number, deviation: number, { normalCdf }: Distributions): number => {
  if (deviation === 0) return Math.max(0, -mean);
  const z = mean / deviation;
  return deviation * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) - mean * normalCdf(-z);
};

/**
 * Normal belief of a difference that was estimated as `estimate` with standard error `error`, starting from a normal prior
 * around 0 (`priorDeviation`, in the same unit): the conjugate update (Gelman et al., Bayesian Data Analysis, 2.5).
 * `confidence` (0-1) is that of the credible interval.
 */
export const beliefOfDifference = (
  { estimate, error }: { estimate: number; error: number },
  {
    priorDeviation,
    confidence,
    distributions,
  }: {
    priorDeviation: number;
    confidence: number;
    distributions: Distributions;
  },
): Belief => {
  const [prior, seen] = [priorDeviation ** 2, error ** 2];
  const weight = Number.isFinite(seen) ? prior / (prior + seen) : 0;
  const mean = weight * estimate;
  const deviation = Math.sqrt(Number.isFinite(seen) ? weight * seen : prior);
  const reach = distributions.normalQuantile(0.5 + confidence / 2) * deviation;
  const chance =
    deviation === 0 ? Number(mean > 0) + Number(mean === 0) / 2 : distributions.normalCdf(mean / deviation);
  return {
    chanceToWin: chance,
    expectedLoss: lossOf(mean, deviation, distributions),
    credible: [mean - reach, mean + reach],
  };
};
