import type { Dataset } from '../data/dataset.ts';
import type { Holdout } from '../data/holdout.ts';
import type { HybridWeights, RankedItem, RankingQuality } from '../types.ts';
import { type HybridContext, scoreUser } from './hybrid-score.ts';

const CUT_OFF = 10;

/** Mean HR@10 and NDCG@10 for ranks counted from 0, where -1 is a miss; one relevant item each, so ideal DCG is 1. */
export function qualityOf(ranks: readonly number[]): RankingQuality {
  let hits = 0;
  let gain = 0;
  for (const rank of ranks) {
    if (rank < 0 || rank >= CUT_OFF) continue;
    hits += 1;
    gain += 1 / Math.log2(rank + 2);
  }
  const users = Math.max(1, ranks.length);
  return { hitRate10: hits / users, ndcg10: gain / users };
}

/** How well the mixed lists find the held-back items among all items that the user does not have yet. */
export function hybridQuality(
  holdout: Holdout,
  context: HybridContext,
  weights: HybridWeights,
): RankingQuality {
  const ranks: number[] = [];
  holdout.users.forEach((user, at) => {
    scoreUser(context, user, weights);
    ranks.push(rankOf(context, user, holdout.heldBack[at]!));
  });
  return qualityOf(ranks);
}

/** How well the same popular list for everybody finds them, without the items that the user has. */
export function popularityQuality(holdout: Holdout, popular: readonly RankedItem[]): RankingQuality {
  const order = popular.map(({ itemId }) => holdout.train.itemIndex.get(itemId)!);
  const ranks = Array.from(holdout.users, (user, at) => {
    const own = ownItems(holdout.train, user);
    return order.filter((item) => !own.has(item)).indexOf(holdout.heldBack[at]!);
  });
  return qualityOf(ranks);
}

/** The rank from 0 of one item among the scored ones, or -1; equal scores go to the lower number. */
function rankOf({ train, sums }: HybridContext, user: number, target: number): number {
  if (sums.stamps[target] !== sums.round) return -1;
  const own = ownItems(train, user);
  if (own.has(target)) return -1;
  const score = sums.sums[target]!;
  let rank = 0;
  for (let at = 0; at < sums.size; at++) {
    const item = sums.keys[at]!;
    const other = sums.sums[item]!;
    if ((other > score || (other === score && item < target)) && !own.has(item)) rank += 1;
  }
  return rank;
}

function ownItems(train: Dataset, user: number): Set<number> {
  return new Set(train.userItem.subarray(train.userStart[user]!, train.userStart[user + 1]!));
}
