import betainc from '@stdlib/math-base-special-betainc';
import betaincinv from '@stdlib/math-base-special-betaincinv';
import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';
import gammainc from '@stdlib/math-base-special-gammainc';
import type { Distributions } from '../../core/experiments/statistics/distributions.ts';

/** Abramowitz & Stegun 26.5.27: half the tail of Student's t is a regularised incomplete beta function. */
const studentCdf = (t: number, df: number): number => {
  if (!Number.isFinite(t)) return t > 0 ? 1 : 0;
  const tail = 0.5 * betainc(df / (df + t * t), df / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
};

const studentQuantile = (p: number, df: number): number => {
  if (p === 0.5) return 0;
  const below = Math.min(p, 1 - p);
  const x = betaincinv(2 * below, df / 2, 0.5);
  const t = Math.sqrt((df * (1 - x)) / x);
  return p < 0.5 ? -t : t;
};

/** By stdlib's special functions (docs/adr/0017-statistics.md). */
export const distributions: Distributions = {
  normalCdf: (z) => 0.5 * erfc(-z / Math.SQRT2),
  normalQuantile: (p) => -Math.SQRT2 * erfcinv(2 * p),
  studentCdf,
  studentQuantile,
  chiSquareTail: (x, df) => (x <= 0 ? 1 : gammainc(x / 2, df / 2, true, true)),
  betaCdf: (x, a, b) => (x <= 0 ? 0 : x >= 1 ? 1 : betainc(x, a, b)),
  betaQuantile: (p, a, b) => betaincinv(p, a, b),
};
