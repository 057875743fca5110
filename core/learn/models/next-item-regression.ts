import type { Kernels } from '../../numbers/kernels.ts';
import type { Dataset } from '../data/dataset.ts';
import { type ActiveItems, activeItems } from './ease/gram.ts';
import { type InfluenceParams, influenceAt, LEAST_INFLUENCE } from './influence.ts';
import type { Scorer } from './model.ts';

export type NextItemParams = InfluenceParams & {
  regularization: number;
  /** Items ahead that are to be foretold; the k-th counts `lookaheadDecay ** (k - 1)`. */
  lookahead: number;
  lookaheadDecay: number;
};

/** History items of less influence form no pairs in training: their products carry nothing. */
const LEAST_TRAINED = 0.01;

/** What each item of a history says about the next one: `weights[i * size + j]` from row i to row j. */
export type NextItemWeights = ActiveItems & { weights: Float32Array };

/** Bytes of its three matrices, item by item. */
export function nextItemBytes(items: number): number {
  return 3 * items * items * Float32Array.BYTES_PER_ELEMENT;
}

/**
 * Linear regression of what comes next on what came before, in closed form, as SLIT (Choi et al. 2021, "Session-aware linear
 * item-item models"). Every place p of every user is a row: s_p holds the `latest` items before p, each with its influence, t_p the
 * items from p on. With the sums over all rows
 *
 *   weights = inverse(S'S + regularization I) S'T
 *
 * Against counted transitions, what a neighbour in the history already explains is not counted twice. The weights lie in the kernels'
 * memory until the caller releases it.
 */
export function nextItemWeights(dataset: Dataset, params: NextItemParams, kernels: Kernels): NextItemWeights {
  const active = activeItems(dataset);
  const { size } = active;
  const weights = kernels.f32(size * size);
  const mark = kernels.mark();
  const gram = kernels.f32(size * size);
  const next = kernels.f32(size * size);
  const sums: Sums = {
    size,
    gram,
    next,
    ids: new Int32Array(params.latest),
    influence: new Float64Array(params.latest),
  };
  for (let user = 0; user < dataset.users.length; user++)
    addUser(sums, rowsOf(dataset, active, user), params);
  for (let row = 0; row < size; row++) gram[row * size + row]! += params.regularization;
  kernels.invertPositive(gram, size);
  kernels.multiplyTransposed({
    left: gram,
    right: next,
    out: weights,
    rows: size,
    columns: size,
    inner: size,
  });
  kernels.release(mark);
  return { ...active, weights };
}

type Sums = {
  size: number;
  /** S'S, lower triangle. */
  gram: Float32Array;
  /** T'S: a row for each item that came next. */
  next: Float32Array;
  ids: Int32Array;
  influence: Float64Array;
};

type UserRows = { items: Int32Array; times: Float64Array };

function rowsOf({ userStart, userItem, userTime }: Dataset, { rowOf }: ActiveItems, user: number): UserRows {
  const first = userStart[user]!;
  const end = userStart[user + 1]!;
  return {
    items: userItem.subarray(first, end).map((item) => rowOf[item]!),
    times: userTime.subarray(first, end),
  };
}

function addUser(
  { size, gram, next, ids, influence }: Sums,
  { items, times }: UserRows,
  params: NextItemParams,
): void {
  for (let place = 1; place < items.length; place++) {
    const before = { items: items.subarray(0, place), times: times.subarray(0, place), weights: NO_WEIGHTS };
    let known = 0;
    for (let at = place - 1; at >= Math.max(0, place - params.latest); at--) {
      const counts = influenceAt(before, at, params);
      if (counts < LEAST_TRAINED) continue;
      ids[known] = items[at]!;
      influence[known++] = counts;
    }
    for (let one = 0; one < known; one++) {
      for (let other = 0; other <= one; other++) {
        const low = Math.min(ids[one]!, ids[other]!);
        const high = Math.max(ids[one]!, ids[other]!);
        gram[high * size + low]! += influence[one]! * influence[other]!;
      }
    }
    let ahead = 1;
    for (let target = place; target < Math.min(items.length, place + params.lookahead); target++) {
      const first = items[target]! * size;
      for (let one = 0; one < known; one++) next[first + ids[one]!]! += ahead * influence[one]!;
      ahead *= params.lookaheadDecay;
    }
  }
}

const NO_WEIGHTS = new Float32Array(0);

/** Scores by trained weights; items that nobody chose get 0. */
export function nextItemScorer(
  { weights, size, itemOf, rowOf }: NextItemWeights,
  params: InfluenceParams,
): Scorer {
  const compact = new Float32Array(size);
  return {
    score(histories, out) {
      const items = rowOf.length;
      out.fill(0, 0, histories.length * items);
      for (let row = 0; row < histories.length; row++) {
        const history = histories[row]!;
        compact.fill(0);
        for (
          let at = history.items.length - 1;
          at >= Math.max(0, history.items.length - params.latest);
          at--
        ) {
          const source = rowOf[history.items[at]!]!;
          const influence = source < 0 ? 0 : influenceAt(history, at, params);
          if (influence < LEAST_INFLUENCE) continue;
          const first = source * size;
          for (let column = 0; column < size; column++)
            compact[column]! += influence * weights[first + column]!;
        }
        for (let column = 0; column < size; column++) out[row * items + itemOf[column]!] = compact[column]!;
      }
    },
  };
}
