import { seededRandom } from '../../numbers/seeded-random.ts';

/** A random order of `length` numbers. */
export const shuffled = (length: number, seed: number): Int32Array => {
  const random = seededRandom(seed);
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
};

/** The fold of every row: folds of equal size, each with the same share of positives (one row more or less). */
export const stratifiedFolds = (labels: ArrayLike<number>, folds: number, seed: number): Uint8Array => {
  const fold = new Uint8Array(labels.length);
  const next = [0, 0];
  for (const row of shuffled(labels.length, seed)) {
    const label = labels[row] === 1 ? 1 : 0;
    fold[row] = next[label]! % folds;
    next[label]! += 1;
  }
  return fold;
};

/** The rows inside and outside of a fold, in order. */
export const splitBy = (fold: Uint8Array, held: number): { train: Int32Array; test: Int32Array } => {
  const rows = Int32Array.from(fold, (_, row) => row);
  return { train: rows.filter((row) => fold[row] !== held), test: rows.filter((row) => fold[row] === held) };
};
