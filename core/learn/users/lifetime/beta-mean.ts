/** Weights below e^-40 of the greatest add nothing in double precision. */
const LEAST_LOG_WEIGHT = -40;
const LONGEST_STEP = 0.5;

/**
 * The mean of g(p) for p ~ Beta(a, b), for a smooth g on [0, 1]. By the trapezoid rule over u = log(p / (1 - p)), where the density is
 * p^a (1 - p)^b: smooth and log-concave for all a, b > 0, so that the error falls exponentially with the number of steps
 * (Trefethen and Weideman 2014: "The exponentially convergent trapezoidal rule").
 */
export const betaMean = (g: (p: number) => number, a: number, b: number): number => {
  const peak = Math.log(a / b);
  const step = Math.min(LONGEST_STEP, 0.6 * Math.sqrt(1 / a + 1 / b));
  const logWeight = (u: number): number => -a * Math.log1p(Math.exp(-u)) - b * Math.log1p(Math.exp(u));
  const greatest = logWeight(peak);
  let weights = 1;
  let sum = g(1 / (1 + Math.exp(-peak)));
  for (const direction of [step, -step]) {
    for (let u = peak + direction; ; u += direction) {
      const log = logWeight(u) - greatest;
      if (!(log > LEAST_LOG_WEIGHT)) break;
      const weight = Math.exp(log);
      weights += weight;
      sum += weight * g(1 / (1 + Math.exp(-u)));
    }
  }
  return sum / weights;
};
