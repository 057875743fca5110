import type { RankedItem } from '../../learn/types.ts';
import type { Recommendation, Rung, ScoreSource } from '../types.ts';
import type { Eligible } from './eligibility.ts';
import type { Candidates } from './personal-candidates.ts';
import { generalReason } from './reasons.ts';
import { generalConfidence } from './relevance.ts';

/** A list that is the same for many users, best first. */
export type GeneralList = { rung: Rung; source: ScoreSource; ranked: Iterable<RankedItem>; segment?: string };

/**
 * The first `take` eligible items of a list. Scores are multiplied by `ceiling`, so that what fills a list below its
 * personal part does not claim to be more relevant than that.
 */
export function generalCandidates(
  list: GeneralList,
  eligible: Eligible,
  { take, ceiling }: { take: number; ceiling: number },
): Candidates {
  const items: Recommendation[] = [];
  for (const ranked of list.ranked) {
    if (items.length >= take) break;
    const item = eligible(ranked.itemId);
    if (item === undefined) continue;
    const score = ceiling * Math.max(0, Math.min(1, ranked.score));
    items.push({
      itemId: ranked.itemId,
      item,
      score,
      confidence: generalConfidence(ranked.count ?? 0),
      reason: generalReason(list.rung, ranked, { item, segment: list.segment }),
      rung: list.rung,
      scores: { [list.source]: score },
    });
  }
  return { items, eligible: items.length };
}

/** The newest items as a ranked list: the k-th scores 1 / (k + 1), since age alone says little. */
export function* newestAsRanked(newest: readonly string[]): Generator<RankedItem> {
  for (let at = 0; at < newest.length; at++) yield { itemId: newest[at]!, score: 1 / (at + 2) };
}
