import { meanOf, type Sufficient, varianceOf } from '../statistics/sufficient.ts';
import type { MetricType } from '../types.ts';

/** A belief about an arm's mean that can be put on a grid: density but for a constant factor, and where it lies. */
export type Posterior = {
  /** Logarithm of the density, but for a constant; only asked inside of `support`. */
  readonly logDensity: (mean: number) => number;
  readonly centre: number;
  /** Unit of the width, > 0. */
  readonly scale: number;
  readonly support: readonly [low: number, high: number];
};

/** Beta(1, 1) before anything is seen: every share is as likely. */
const PRIOR = 1;

/**
 * Belief of a share once `sum` of `users` did it: Beta(1 + sum, 1 + users - sum), the conjugate of Bernoulli trials (Gelman et
 * al., Bayesian Data Analysis, 2.4). A sum outside of 0 to `users` counts as the nearer end.
 */
export const betaPosterior = ({ users, sum }: Sufficient): Posterior => {
  const converted = Math.min(users, Math.max(0, sum));
  const [a, b] = [PRIOR + converted, PRIOR + users - converted];
  const all = a + b;
  return {
    logDensity: (p) => (a - 1) * Math.log(p) + (b - 1) * Math.log1p(-p),
    centre: a / all,
    scale: Math.sqrt((a * b) / (all * all * (all + 1))),
    support: [0, 1],
  };
};

/** What is believed of every arm's mean and variance before its users are seen. */
export type NormalPrior = { readonly mean: number; readonly variance: number };

/**
 * The prior that all arms share: their common mean and variance, with the weight of one user (unit information; Kass &
 * Wasserman 1995, JASA 90, 928-934), so that it is proper and knows the metric's unit.
 */
export const unitInformation = (arms: readonly Sufficient[]): NormalPrior => {
  const pooled = arms.reduce((a, b) => ({
    users: a.users + b.users,
    sum: a.sum + b.sum,
    sumSquares: a.sumSquares + b.sumSquares,
  }));
  return { mean: meanOf(pooled), variance: varianceOf(pooled) };
};

/**
 * Belief of a mean whose variance is not known either: Normal-Gamma with kappa 1, alpha 1 and beta the prior variance before, and
 * after `users` values the Student t of its marginal (Murphy 2007, "Conjugate Bayesian analysis of the Gaussian distribution", 3.4):
 * 2 alpha degrees of freedom around the mean, scale sqrt(beta / (alpha kappa)). Undefined where nothing ever varied.
 */
export const normalGammaPosterior = (arm: Sufficient, prior: NormalPrior): Posterior | undefined => {
  const { users } = arm;
  const kappa = 1 + users;
  const alpha = 1 + users / 2;
  const gap = meanOf(arm) - prior.mean;
  const squares = varianceOf(arm) * Math.max(0, users - 1);
  const beta = prior.variance + squares / 2 + (users * gap * gap) / (2 * kappa);
  if (!(beta > 0)) return undefined;
  const centre = prior.mean + (users * gap) / kappa;
  const scale = Math.sqrt(beta / (alpha * kappa));
  const degrees = 2 * alpha;
  return {
    logDensity: (mean) => (-(degrees + 1) / 2) * Math.log1p(((mean - centre) / scale) ** 2 / degrees),
    centre,
    scale,
    support: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  };
};

/**
 * Beliefs of the arms' means: Beta-Bernoulli for binomial metrics, Normal-Gamma for all others. Undefined where the values of all
 * users are the same: nothing tells the arms apart.
 */
export const posteriorsOf = (type: MetricType, arms: readonly Sufficient[]): Posterior[] | undefined => {
  if (type === 'binomial') return arms.map(betaPosterior);
  const prior = unitInformation(arms);
  const beliefs = arms.map((arm) => normalGammaPosterior(arm, prior));
  return beliefs.every((belief) => belief !== undefined) ? beliefs : undefined;
};
