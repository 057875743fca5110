/** Heavy tails: values above this quantile of those that are not 0 count as it. */
export const WINSORIZED_AT = 0.99;

/** The value below which a share `p` (0-1) of the values lies, linear between neighbours (Hyndman & Fan 1996, type 7). */
export const quantileOf = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return 0;
  const at = p * (sorted.length - 1);
  const low = Math.floor(at);
  const [a, b] = [sorted[low]!, sorted[Math.min(low + 1, sorted.length - 1)]!];
  return a + (at - low) * (b - a);
};

/** The cap for all arms together: capping each by its own would remove part of the effect. Infinity where nothing is above 0. */
export const winsorCap = (values: readonly number[], p = WINSORIZED_AT): number => {
  const paying = values.filter((value) => value > 0);
  return paying.length === 0 ? Number.POSITIVE_INFINITY : quantileOf(paying, p);
};
