/**
 * Sums over a dense key range of which few keys are touched at a time. `reset` costs nothing: a key's sum counts only
 * when its stamp is that of the current round.
 */
export type SparseSums = {
  readonly sums: Float64Array;
  /** The first `size` entries are the keys touched in this round, in order of first touch. */
  readonly keys: Int32Array;
  readonly stamps: Int32Array;
  round: number;
  size: number;
};

/** Room for keys 0 to `length - 1`. */
export function makeSparseSums(length: number): SparseSums {
  return {
    sums: new Float64Array(length),
    keys: new Int32Array(length),
    stamps: new Int32Array(length),
    round: 1,
    size: 0,
  };
}

/** Starts a new round in which every sum is zero and no key is touched. */
export function reset(sparse: SparseSums): void {
  sparse.round += 1;
  sparse.size = 0;
}

/** Adds to one key's sum. */
export function addTo(sparse: SparseSums, key: number, amount: number): void {
  if (sparse.stamps[key] === sparse.round) {
    sparse.sums[key]! += amount;
    return;
  }
  sparse.stamps[key] = sparse.round;
  sparse.sums[key] = amount;
  sparse.keys[sparse.size] = key;
  sparse.size += 1;
}
