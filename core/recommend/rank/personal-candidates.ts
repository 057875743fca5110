import type { HybridWeights } from '../../learn/types.ts';
import { makeTopK, offer, sortBestFirst } from '../../numbers/top-k.ts';
import type { Recommendation, Rung, Sources, UserSignals } from '../types.ts';
import { blendPersonal, hasWords, lastItems } from './blend.ts';
import type { Eligible } from './eligibility.ts';
import { causeOf, makePool, type Pool, partsOf, rawScore } from './pool.ts';
import { personalReason, withStreak } from './reasons.ts';
import { personalConfidence, relevance } from './relevance.ts';

/** With fewer last items than this a list is called similar to them, not a personal mix. */
export const HYBRID_ITEMS = 3;

export type Candidates = { items: Recommendation[]; eligible: number };

/** The `take` best candidates that the user's own signals lead to, and how many there are. */
export function personalCandidates(
  { user, sources, weights }: { user: UserSignals; sources: Sources; weights: HybridWeights },
  eligible: Eligible,
  take: number,
): Candidates {
  const pool = makePool();
  blendPersonal(pool, user, sources, weights);
  const heap = makeTopK(take);
  let count = 0;
  for (let row = 0; row < pool.ids.length; row++) {
    const raw = rawScore(pool, row);
    if (raw <= 0 || eligible(pool.ids[row]!) === undefined) continue;
    count += 1;
    offer(heap, row, raw);
  }
  const rung = personalRung(user, sources);
  const size = sortBestFirst(heap);
  const items = Array.from({ length: size }, (_, at) => ({
    ...describePersonal(pool, heap.ids[at]!, { user, sources, weights }),
    rung,
  }));
  return { items, eligible: count };
}

/** The name of what a user's own signals give. */
export function personalRung(user: UserSignals, sources: Sources): Rung {
  const items = lastItems(user.history).length;
  const isMatched = hasWords(user) && sources.contentModel !== undefined;
  return items >= HYBRID_ITEMS || isMatched ? 'personalised hybrid' : 'similar to the last items';
}

type Described = Omit<Recommendation, 'rung'>;

/** One row of the pool as it is served; its item must be in the catalogue. */
export function describePersonal(
  pool: Pool,
  row: number,
  { user, sources, weights }: { user: UserSignals; sources: Sources; weights: HybridWeights },
): Described {
  const itemId = pool.ids[row]!;
  const item = sources.catalog.get(itemId)!;
  const raw = rawScore(pool, row);
  const score = relevance(raw, weights.halfScore);
  const scores = partsOf(pool, row, raw > 0 ? score / raw : 0);
  const { collaborative, sequential, content, interests, goals, streak } = scores;
  const agreeing = [collaborative, sequential, content, interests ?? goals].filter(
    (part) => part !== undefined,
  ).length;
  return {
    itemId,
    item,
    score,
    confidence: personalConfidence(user.interactionCount, agreeing),
    reason: withStreak(
      personalReason(causeOf(pool, row), item, { catalog: sources.catalog, sentences: user.sentences }),
      streak === undefined ? undefined : user.streak?.days,
    ),
    scores,
  };
}
