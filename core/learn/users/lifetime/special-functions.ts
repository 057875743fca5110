/** Functions that a maintained library computes; `adapters/numbers` implements them. */
export type SpecialFunctions = {
  /** Natural logarithm of the gamma function, for x > 0. */
  gammaln(x: number): number;
};
