import type { TimeSplit } from '../data/time-split.ts';
import { type AuditFigures, addList, auditFigures, makeAudit } from '../evaluate/audit.ts';
import { addCase, makeMetricSums, meanMetrics, ndcgAt } from '../evaluate/metrics.ts';
import { makeRanker, rankAll } from '../evaluate/ranker.ts';
import type { HybridWeights, RankedItem } from '../types.ts';
import { type HybridContext, scoreUser } from './hybrid-score.ts';

const CUT_OFF = 10;
const UNSCORED = Number.NEGATIVE_INFINITY;

/** Writes what it has to say about one user of the split into a row of item scores; what it leaves is not recommended. */
export type ListRanker = (user: number, row: Float32Array) => void;

/** How well one ranker finds what users chose after the split. */
export type Measured = {
  /** `hr@10, ndcg@10, recall@10, precision@10, f1@10, mrr@10, coverage, novelty, popularityBias`. */
  metrics: Record<string, number>;
  /** NDCG@10 of each measured user. */
  ndcg: Float64Array;
  audit: AuditFigures;
};

/** Measures on the users at these positions of the split, all items ranked but those that they had. */
export function measure(
  split: TimeSplit,
  ranker: ListRanker,
  { places, groupOf }: { places: readonly number[]; groupOf?: (user: string) => string | undefined },
): Measured {
  const { train } = split;
  const items = train.items.length;
  const row = new Float32Array(items);
  const room = makeRanker(CUT_OFF);
  const sums = makeMetricSums([CUT_OFF]);
  const counts = Int32Array.from(
    { length: items },
    (_, item) => train.itemStart[item + 1]! - train.itemStart[item]!,
  );
  const audit = makeAudit(counts, train.users.length);
  const ndcg = new Float64Array(places.length);
  places.forEach((place, at) => {
    const user = split.users[place]!;
    const targets = split.targets[place]!;
    row.fill(UNSCORED);
    ranker(user, row);
    const excluded = train.userItem.subarray(train.userStart[user]!, train.userStart[user + 1]!);
    rankAll(room, row, { targets, excluded });
    addCase(sums, room.ranks, targets.length);
    ndcg[at] = ndcgAt(room.ranks, targets.length, CUT_OFF);
    addList(audit, {
      items: room.list,
      size: room.listSize,
      quality: ndcg[at],
      group: groupOf?.(train.users[user]!),
    });
  });
  const figures = auditFigures(audit);
  const { coverage, novelty, popularityBias } = figures;
  return { metrics: { ...meanMetrics(sums), coverage, novelty, popularityBias }, ndcg, audit: figures };
}

/** The mixed lists, as serving mixes them. */
export function listRanker(context: HybridContext, weights: HybridWeights): ListRanker {
  return (user, row) => {
    scoreUser(context, user, weights);
    for (let at = 0; at < context.sums.size; at++) {
      const item = context.sums.keys[at]!;
      row[item] = context.sums.sums[item]!;
    }
  };
}

/** The lists of one source alone. */
export function sourceRanker(
  context: HybridContext,
  source: 'collaborative' | 'sequential' | 'content',
  { positionDecay, halfScore }: HybridWeights,
): ListRanker {
  const none = { collaborative: 0, sequential: 0, content: 0, popular: 0, interests: 0 };
  return listRanker(context, { ...none, [source]: 1, positionDecay, halfScore });
}

/** The same list for everybody. */
export function popularRanker(
  popular: readonly RankedItem[],
  itemIndex: ReadonlyMap<string, number>,
): ListRanker {
  return (_, row) => {
    for (const { itemId, score } of popular) {
      const item = itemIndex.get(itemId);
      if (item !== undefined) row[item] = score;
    }
  };
}
