import type { Scorer } from '../model.ts';

/** One weight per part, for users of at least so many items, up to the next row. */
export type WeightRow = { leastItems: number; weights: readonly number[] };

/** Adds the parts' scores with the weights that a history's length asks for; `rows` by rising `leastItems`. */
export function mixedScorer(parts: readonly Scorer[], rows: readonly WeightRow[], items: number): Scorer {
  let scratch = new Float32Array(0);
  return {
    score(histories, out) {
      const length = histories.length * items;
      if (scratch.length < length) scratch = new Float32Array(length);
      const scores = scratch.subarray(0, length);
      const weights = histories.map((history) => rowFor(rows, history.items.length).weights);
      out.fill(0, 0, length);
      for (let part = 0; part < parts.length; part++) {
        parts[part]!.score(histories, scores);
        for (let row = 0; row < histories.length; row++) {
          const weight = weights[row]![part]!;
          if (weight === 0) continue;
          const end = (row + 1) * items;
          for (let at = row * items; at < end; at++) out[at]! += weight * scores[at]!;
        }
      }
    },
  };
}

/** The last row whose `leastItems` the length reaches; the first one for shorter histories. */
export function rowFor<Row extends { leastItems: number }>(rows: readonly Row[], length: number): Row {
  let found = rows[0]!;
  for (const row of rows) if (length >= row.leastItems) found = row;
  return found;
}
