import type { PaymentHistory } from '../../../profile/fold/payment-history.ts';
import type { BgNbd, GammaGamma, LifetimeModel, ModelLifetime } from '../types.ts';
import { betaMean } from './beta-mean.ts';
import type { Purchases } from './bg-nbd.ts';
import type { MeanPayment } from './gamma-gamma.ts';

/** How likely it is, against being alive, that the customer left after the last purchase (0 for one who never came again). */
const oddsGone = ({ r, alpha, a, b }: BgNbd, { frequency: x, recencyWeeks, ageWeeks }: Purchases): number =>
  x === 0 ? 0 : (a / (b + x - 1)) * ((alpha + ageWeeks) / (alpha + recencyWeeks)) ** (r + x);

/** Probability that the customer still buys (Fader, Hardie, Lee 2008: "Computing P(alive) Using the BG/NBD Model"). */
export const probabilityAlive = (model: BgNbd, purchases: Purchases): number =>
  1 / (1 + oddsGone(model, purchases));

/** (1 - (1 + p * ratio)^-shape) / p, and its limit at p = 0. */
const purchasesAt = (p: number, shape: number, ratio: number): number =>
  p < 1e-12 ? shape * ratio : -Math.expm1(-shape * Math.log1p(p * ratio)) / p;

/**
 * Purchases expected in the next `weeks` (Fader, Hardie, Lee 2005, equation 10). Of a customer who still buys, the rate is distributed as
 * Gamma(r + x, alpha + age) and the probability p to leave after a purchase as Beta(a, b + x), so the expectation is P(alive)
 * times the mean of (1 - (1 + p * weeks / (alpha + age))^-(r + x)) / p over p. That mean is the paper's expression in Gauss's 2F1,
 * without its cancellations, and without its singularity at a = 1.
 */
export const expectedPurchases = (model: BgNbd, purchases: Purchases, weeks: number): number => {
  if (!(weeks > 0)) return 0;
  const shape = model.r + purchases.frequency;
  const ratio = weeks / (model.alpha + purchases.ageWeeks);
  const whole = betaMean((p) => purchasesAt(p, shape, ratio), model.a, model.b + purchases.frequency);
  return whole * probabilityAlive(model, purchases);
};

/** The mean payment to expect of a customer (Fader and Hardie 2013, equation 5): the own mean, shrunk towards that of all. */
export const expectedPayment = ({ p, q, v }: GammaGamma, { count, mean }: MeanPayment): number => {
  const seen = mean > 0 ? count : 0;
  const weight = p * seen + q - 1;
  return weight > 0 ? (p * (v + seen * Math.max(0, mean))) / weight : Math.max(0, mean);
};

/** Money that the customer is expected to pay within the horizon: payments expected times the payment expected. */
export const lifetimeFrom = (
  { bgNbd, gammaGamma }: LifetimeModel,
  payments: PaymentHistory,
  horizonDays: number,
): ModelLifetime => {
  const expected = expectedPurchases(bgNbd, payments, horizonDays / 7);
  const payment = expectedPayment(gammaGamma, { count: payments.meanOf, mean: payments.meanValue });
  return {
    expected: expected * payment,
    payments: expected,
    pAlive: probabilityAlive(bgNbd, payments),
    method: 'model',
  };
};
