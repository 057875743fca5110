/** Distribution functions from a numeric library: outside of core, which knows no packages. */
export type Distributions = {
  /** Standard normal: P(Z <= z). */
  normalCdf(z: number): number;
  /** The z with P(Z <= z) = p. */
  normalQuantile(p: number): number;
  /** Student's t: P(T <= t), `df` > 0 need not be whole. */
  studentCdf(t: number, df: number): number;
  studentQuantile(p: number, df: number): number;
  /** P(X > x) of chi-square. */
  chiSquareTail(x: number, df: number): number;
  /** P(X <= x) of Beta(a, b). */
  betaCdf(x: number, a: number, b: number): number;
  betaQuantile(p: number, a: number, b: number): number;
};
