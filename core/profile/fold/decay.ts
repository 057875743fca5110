export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;

/** After so long, a use or an engagement counts half. */
export const HALF_LIFE_MS = 14 * DAY_MS;

/** What remains after `elapsed` ms; 1 for no or negative time. */
export const remaining = (elapsed: number, halfLife = HALF_LIFE_MS): number =>
  2 ** (-Math.max(0, elapsed) / halfLife);

/** A decayed sum and the landmark (ms) to which it is decayed; a weight of 0 may stand at time 0. */
export type Decayed = { weight: number; at: number };

/**
 * Forward decay with a moving landmark (Cormode, Shkapenyuk, Srivastava, Xu 2009: "Forward decay: a practical time decay
 * model for streaming systems"): the older of the two is discounted to the newer one's time. Commutative, and
 * associative up to rounding, so events may come in any order.
 */
export const addDecayed = (a: Decayed, b: Decayed, halfLife = HALF_LIFE_MS): Decayed => {
  const [newer, older] = a.at >= b.at ? [a, b] : [b, a];
  return { weight: newer.weight + older.weight * remaining(newer.at - older.at, halfLife), at: newer.at };
};
