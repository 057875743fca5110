import type { Dataset } from '../../data/dataset.ts';

/** Items that somebody chose, numbered 0 .. size-1: what the item-item models have rows for. */
export type ActiveItems = {
  size: number;
  /** Item of every row. */
  itemOf: Int32Array;
  /** Row of every item of the data set, -1 where nobody chose it. */
  rowOf: Int32Array;
};

/** Rows for the items that have interactions, in the order of the data set. */
export function activeItems({ items, itemStart }: Dataset): ActiveItems {
  const rowOf = new Int32Array(items.length).fill(-1);
  const itemOf = new Int32Array(items.length);
  let size = 0;
  for (let item = 0; item < items.length; item++) {
    if (itemStart[item + 1] === itemStart[item]) continue;
    itemOf[size] = item;
    rowOf[item] = size++;
  }
  return { size, itemOf: itemOf.slice(0, size), rowOf };
}

/**
 * Writes the lower triangle of G = X' W X (size x size, row-major, zeroed before) for the 0/1 matrix X of users and active items,
 * where W weighs a user of n items by n ** -userExponent, scaled so that the diagonal keeps its mean.
 */
export function fillGram(
  gram: Float32Array,
  dataset: Dataset,
  { active, userExponent }: { active: ActiveItems; userExponent: number },
): void {
  const { start, rows } = rowsByUser(dataset, active);
  const weightOf = userWeights(start, userExponent);
  const { itemStart, itemUser } = dataset;
  for (let row = 0; row < active.size; row++) {
    const item = active.itemOf[row]!;
    const first = row * active.size;
    for (let at = itemStart[item]!; at < itemStart[item + 1]!; at++) {
      const user = itemUser[at]!;
      const weight = weightOf[user]!;
      for (let slot = start[user]!; rows[slot]! < row; slot++) gram[first + rows[slot]!]! += weight;
      gram[first + row]! += weight;
    }
  }
}

/** The rows of every user in rising order. */
function rowsByUser(dataset: Dataset, active: ActiveItems): { start: Int32Array; rows: Int32Array } {
  const start = dataset.userStart;
  const next = start.slice();
  const rows = new Int32Array(dataset.size);
  for (let row = 0; row < active.size; row++) {
    const item = active.itemOf[row]!;
    for (let at = dataset.itemStart[item]!; at < dataset.itemStart[item + 1]!; at++) {
      const user = dataset.itemUser[at]!;
      rows[next[user]!] = row;
      next[user]! += 1;
    }
  }
  return { start, rows };
}

function userWeights(start: Int32Array, userExponent: number): Float64Array {
  const weights = new Float64Array(start.length - 1);
  let interactions = 0;
  let weighted = 0;
  for (let user = 0; user < weights.length; user++) {
    const own = start[user + 1]! - start[user]!;
    if (own === 0) continue;
    weights[user] = own ** -userExponent;
    interactions += own;
    weighted += own * weights[user]!;
  }
  const scale = weighted > 0 ? interactions / weighted : 0;
  return weights.map((weight) => weight * scale);
}
