import { clear, makeTopK, offer, sortBestFirst, type TopK } from '../../numbers/top-k.ts';

/**
 * Room for ranking one row of scores after another. After `rankAll` or `rankAmong`, `ranks[n]` is the rank of target n, counted
 * from 0, or -1 where it is not among the first `depth` (or not known, or scored NaN or -Infinity).
 * Ties count against the target: an item of equal score that is no target stands before it.
 */
export type Ranker = {
  readonly depth: number;
  ranks: Int32Array;
  /** What a user would see, best first, `listSize` entries long; of equal scores, targets come last. */
  readonly list: Int32Array;
  listSize: number;
  targetScores: Float32Array;
  readonly others: TopK;
};

const FIRST_TARGETS = 64;

/** A ranker that looks at the first `depth` places. */
export function makeRanker(depth: number): Ranker {
  return {
    depth,
    ranks: new Int32Array(FIRST_TARGETS),
    list: new Int32Array(depth),
    listSize: 0,
    targetScores: new Float32Array(FIRST_TARGETS),
    others: makeTopK(depth),
  };
}

/** Ranks the targets among all items of the row but the excluded ones. The row's excluded and target entries are overwritten. */
export function rankAll(
  ranker: Ranker,
  row: Float32Array,
  { targets, excluded }: { targets: Int32Array; excluded?: Int32Array },
): void {
  const { others } = ranker;
  makeRoomFor(ranker, targets.length);
  if (excluded !== undefined) for (let at = 0; at < excluded.length; at++) hide(row, excluded[at]!);
  takeTargets(ranker, row, targets);
  clear(others);
  let least = Number.NEGATIVE_INFINITY;
  for (let item = 0; item < row.length; item++) {
    if (!(row[item]! > least)) continue;
    offer(others, item, row[item]!);
    if (others.size === ranker.depth) least = others.scores[0]!;
  }
  sortBestFirst(others);
  for (let target = 0; target < targets.length; target++) {
    ranker.ranks[target] = rankOf(ranker, targets.length, { target, ahead: othersAhead(ranker, target) });
  }
  mergeList(ranker, targets);
}

/** Ranks the targets among themselves and the candidates that are no targets; -1 stands for an unknown item. Leaves the row as it is. */
export function rankAmong(
  ranker: Ranker,
  row: Float32Array,
  { targets, candidates }: { targets: Int32Array; candidates: Int32Array },
): void {
  makeRoomFor(ranker, targets.length);
  for (let target = 0; target < targets.length; target++) {
    ranker.targetScores[target] = targets[target]! < 0 ? Number.NEGATIVE_INFINITY : row[targets[target]!]!;
  }
  for (let target = 0; target < targets.length; target++) {
    const score = ranker.targetScores[target]!;
    let ahead = 0;
    for (let at = 0; at < candidates.length; at++) {
      const candidate = candidates[at]!;
      if (candidate >= 0 && row[candidate]! >= score && !targets.includes(candidate)) ahead += 1;
    }
    ranker.ranks[target] = rankOf(ranker, targets.length, { target, ahead });
  }
}

function makeRoomFor(ranker: Ranker, targets: number): void {
  if (ranker.ranks.length >= targets) return;
  ranker.ranks = new Int32Array(2 * targets);
  ranker.targetScores = new Float32Array(2 * targets);
}

function hide(row: Float32Array, item: number): void {
  if (item >= 0) row[item] = Number.NEGATIVE_INFINITY;
}

/** Keeps the scores of the targets and hides them, so that what is left are the others. */
function takeTargets(ranker: Ranker, row: Float32Array, targets: Int32Array): void {
  for (let target = 0; target < targets.length; target++) {
    const item = targets[target]!;
    ranker.targetScores[target] = item < 0 ? Number.NEGATIVE_INFINITY : row[item]!;
  }
  for (let target = 0; target < targets.length; target++) hide(row, targets[target]!);
}

function othersAhead({ others, targetScores }: Ranker, target: number): number {
  const score = targetScores[target]!;
  let ahead = 0;
  while (ahead < others.size && others.scores[ahead]! >= score) ahead += 1;
  return ahead;
}

/** The rank behind `ahead` others and the better targets; equal targets stand in their order. */
function rankOf(
  { depth, targetScores }: Ranker,
  targets: number,
  { target, ahead }: { target: number; ahead: number },
): number {
  const score = targetScores[target]!;
  if (!(score > Number.NEGATIVE_INFINITY)) return -1;
  let rank = ahead;
  for (let other = 0; other < targets; other++) {
    const their = targetScores[other]!;
    if (their > score || (their === score && other < target)) rank += 1;
  }
  return rank < depth ? rank : -1;
}

/** Targets take the places of their ranks, the others fill the rest in order. */
function mergeList(ranker: Ranker, targets: Int32Array): void {
  const { list, ranks, others, depth } = ranker;
  list.fill(-1);
  let found = 0;
  for (let target = 0; target < targets.length; target++) {
    if (ranks[target]! < 0) continue;
    list[ranks[target]!] = targets[target]!;
    found += 1;
  }
  ranker.listSize = Math.min(depth, others.size + found);
  let next = 0;
  for (let place = 0; place < ranker.listSize; place++) {
    if (list[place]! >= 0) continue;
    list[place] = others.ids[next]!;
    next += 1;
  }
}
