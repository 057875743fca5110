/** 0 at 0, 63 % at `scale`, towards 1: the first few count most. Negative is 0. */
export const saturating = (x: number, scale: number): number => 1 - Math.exp(-Math.max(0, x) / scale);

/** 0 up to `from`, 1 from `to` on, smooth between (3t^2 - 2t^3): a threshold without an edge. */
export const rising = (x: number, from: number, to: number): number => {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

/** 1 up to `from`, 0 from `to` on. */
export const falling = (x: number, from: number, to: number): number => 1 - rising(x, from, to);

/** Rounded for people: `digits` after the point. Never -0. */
export const rounded = (x: number, digits: number): number => Math.round(x * 10 ** digits) / 10 ** digits + 0;
