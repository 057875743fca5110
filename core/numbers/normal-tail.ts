const SERIES_UNTIL = 2.5;
const FRACTION_TERMS = 80;

/** Abramowitz & Stegun 26.2.10: phi(0) z (1 - z^2/6 + ...), summed without cancellation as in 26.2.11. */
const halfWithin = (z: number): number => {
  let term = z;
  let sum = z;
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum * Math.exp((-z * z) / 2) * Math.sqrt(1 / (2 * Math.PI));
};

/** Abramowitz & Stegun 26.2.14, the continued fraction of the tail, from its far end. */
const tailBeyond = (z: number): number => {
  let fraction = z;
  for (let k = FRACTION_TERMS; k >= 1; k -= 1) fraction = z + k / fraction;
  return (Math.exp((-z * z) / 2) * Math.sqrt(1 / (2 * Math.PI))) / fraction;
};

/** Probability that a standard normal number is above `z`. To 12 digits, also far out where it is tiny. */
export const normalTail = (z: number): number => {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < 0) return 1 - normalTail(-z);
  return z < SERIES_UNTIL ? 0.5 - halfWithin(z) : tailBeyond(z);
};

/** Two-sided p-value of a standard normal statistic. */
export const twoSidedP = (z: number): number => 2 * normalTail(Math.abs(z));
