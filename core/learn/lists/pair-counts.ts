import { makeSparseSums, reset, type SparseSums } from '../../numbers/sparse-sums.ts';
import type { Dataset } from '../data/dataset.ts';

export type PairCountOptions = {
  /** A user of n items counts `n ** -userExponent`. */
  userExponent: number;
  /** Only this many latest items of a user form pairs, which bounds the work per user. */
  itemsPerUser: number;
};

/**
 * For every item in turn, by how many users every other item was chosen too: `keys` up to `size` are the items, `sums[key]` the
 * weighted number of common users. The item itself is among them. The sums are valid during the call only.
 */
export function countPairs(
  dataset: Dataset,
  { userExponent, itemsPerUser }: PairCountOptions,
  onItem: (item: number, pairs: SparseSums) => void,
): void {
  const { userStart, userItem, itemStart, itemUser, itemPosition } = dataset;
  const pairs = makeSparseSums(dataset.items.length);
  const { sums, keys, stamps } = pairs;
  const firsts = new Int32Array(dataset.users.length);
  const weights = new Float64Array(dataset.users.length);
  for (let user = 0; user < firsts.length; user++) {
    const own = userStart[user + 1]! - userStart[user]!;
    firsts[user] = Math.max(userStart[user]!, userStart[user + 1]! - itemsPerUser);
    weights[user] = Math.min(own, itemsPerUser) ** -userExponent;
  }
  for (let item = 0; item < dataset.items.length; item++) {
    reset(pairs);
    const round = pairs.round;
    let size = 0;
    for (let at = itemStart[item]!; at < itemStart[item + 1]!; at++) {
      const user = itemUser[at]!;
      if (itemPosition[at]! < firsts[user]!) continue;
      const weight = weights[user]!;
      const end = userStart[user + 1]!;
      for (let position = firsts[user]!; position < end; position++) {
        const other = userItem[position]!;
        if (stamps[other] === round) {
          sums[other]! += weight;
          continue;
        }
        stamps[other] = round;
        sums[other] = weight;
        keys[size++] = other;
      }
    }
    pairs.size = size;
    onItem(item, pairs);
  }
}

/** The sums of every item, kept: `ids` and `counts` between `start[i]` and `start[i + 1]` are those of item i. */
export type PairCounts = { start: Float64Array; ids: Int32Array; counts: Float32Array };

/** Keeps what `countPairs` finds, so that it can be replayed; undefined where more than `most` pairs might come. */
export function keepPairs(dataset: Dataset, options: PairCountOptions, most: number): PairCounts | undefined {
  const bound = mostPairs(dataset, options);
  if (bound > most) return undefined;
  const start = new Float64Array(dataset.items.length + 1);
  const ids = new Int32Array(bound);
  const counts = new Float32Array(bound);
  countPairs(dataset, options, (item, { keys, sums, size }) => {
    const first = start[item]!;
    for (let at = 0; at < size; at++) {
      ids[first + at] = keys[at]!;
      counts[first + at] = sums[keys[at]!]!;
    }
    start[item + 1] = first + size;
  });
  return { start, ids, counts };
}

/** Calls back as `countPairs` did. */
export function replayPairs(
  { start, ids, counts }: PairCounts,
  onItem: (item: number, pairs: SparseSums) => void,
): void {
  const items = start.length - 1;
  const pairs = makeSparseSums(items);
  for (let item = 0; item < items; item++) {
    const first = start[item]!;
    pairs.size = start[item + 1]! - first;
    for (let at = 0; at < pairs.size; at++) {
      pairs.keys[at] = ids[first + at]!;
      pairs.sums[ids[first + at]!] = counts[first + at]!;
    }
    onItem(item, pairs);
  }
}

/** An upper bound: every pair of every user, or of all items. */
function mostPairs({ items, users, userStart }: Dataset, { itemsPerUser }: PairCountOptions): number {
  let pairs = 0;
  for (let user = 0; user < users.length; user++) {
    pairs += Math.min(itemsPerUser, userStart[user + 1]! - userStart[user]!) ** 2;
  }
  return Math.min(pairs, items.length ** 2);
}
