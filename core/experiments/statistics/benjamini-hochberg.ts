/**
 * p-values adjusted for how many were looked at (Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57,
 * 289-300): rejecting those at or below q keeps the expected share of false ones among the rejected at q or less. In the
 * order given; never below the p-value itself.
 */
export const benjaminiHochberg = (pValues: readonly number[]): number[] => {
  const byP = pValues.map((_, at) => at).sort((a, b) => pValues[b]! - pValues[a]!);
  const adjusted = new Array<number>(pValues.length);
  let least = 1;
  byP.forEach((at, place) => {
    const rank = pValues.length - place;
    least = Math.min(least, pValues[at]! * (pValues.length / rank));
    adjusted[at] = least;
  });
  return adjusted;
};
