/**
 * Room for sorting up to `most` pairs of an id (below 2 ** 21) and a score of at least 0, without a comparator: the bits of a
 * 32-bit score and the id share one 53-bit key, and a typed array sorts keys natively. Several times faster than a heap
 * where most pairs are kept.
 */
export type ScoreOrder = {
  readonly keys: Float64Array;
  readonly score: Float32Array;
  readonly bits: Uint32Array;
  size: number;
};

const IDS = 2 ** 21;

/** Room for `most` pairs. */
export function makeScoreOrder(most: number): ScoreOrder {
  const score = new Float32Array(1);
  return { keys: new Float64Array(most), score, bits: new Uint32Array(score.buffer), size: 0 };
}

/** Adds a pair; scores that are negative or NaN are a mistake of the caller. */
export function putPair(order: ScoreOrder, id: number, score: number): void {
  order.score[0] = score;
  order.keys[order.size++] = order.bits[0]! * IDS + (IDS - 1 - id);
}

/** Writes the best pairs, as many as `ids` has room for, best first and of equal scores the lower id; returns how many, and empties the room. */
export function takeBest(order: ScoreOrder, ids: Int32Array, scores: Float32Array): number {
  const taken = Math.min(order.size, ids.length);
  moveGreatestToEnd(order.keys, order.size, taken);
  const sorted = order.keys.subarray(order.size - taken, order.size).sort();
  for (let at = 0; at < taken; at++) {
    const key = sorted[taken - 1 - at]!;
    const high = Math.floor(key / IDS);
    order.bits[0] = high;
    ids[at] = IDS - 1 - (key - high * IDS);
    scores[at] = order.score[0]!;
  }
  order.size = 0;
  return taken;
}

/** Quickselect (Hoare 1961): afterwards the `count` greatest of the first `size` keys are the last ones of these. */
function moveGreatestToEnd(keys: Float64Array, size: number, count: number): void {
  const boundary = size - count;
  let first = 0;
  let last = size - 1;
  while (first < last && count > 0 && boundary > 0) {
    const pivot = keys[(first + last) >> 1]!;
    let low = first;
    let high = last;
    while (low <= high) {
      while (keys[low]! < pivot) low += 1;
      while (keys[high]! > pivot) high -= 1;
      if (low > high) break;
      const held = keys[low]!;
      keys[low] = keys[high]!;
      keys[high] = held;
      low += 1;
      high -= 1;
    }
    if (boundary <= high) last = high;
    else if (boundary >= low) first = low;
    else return;
  }
}
