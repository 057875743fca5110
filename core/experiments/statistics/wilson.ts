/** Standard normal quantile of .975: what 95 % intervals are made with. */
export const Z_95 = 1.959963984540054;

/** So many of `users` did it (`converted`, 0 to `users`). */
export type Proportion = { readonly converted: number; readonly users: number };

export type Interval = readonly [low: number, high: number];

/** The observed share; 0 of nobody. */
export const rateOf = ({ converted, users }: Proportion): number => (users === 0 ? 0 : converted / users);

/**
 * Score interval of a proportion without continuity correction (Wilson 1927; method 3 of Newcombe 1998, Statistics in
 * Medicine 17, 857-872). Within 0-1 for every count; 0 to 1 of nobody.
 */
export const wilsonInterval = ({ converted, users }: Proportion, z: number): Interval => {
  if (users === 0) return [0, 1];
  const zz = z * z;
  const middle = 2 * converted + zz;
  const reach = z * Math.sqrt(zz + 4 * converted * (1 - converted / users));
  const whole = 2 * (users + zz);
  // At the ends the terms cancel exactly; in floating point only nearly.
  const low = converted === 0 ? 0 : (middle - reach) / whole;
  const high = converted === users ? 1 : (middle + reach) / whole;
  return [low, high];
};
