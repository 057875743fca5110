import { isExpired } from '../../catalog/matches-filter.ts';
import { makeTopK, offer, sortBestFirst } from '../../numbers/top-k.ts';
import type { Recommendation, ScoreSource, Sources } from '../types.ts';
import { neighboursOf } from './blend.ts';
import { addPart, causeOf, columnOf, makePool, type Pool, partsOf, rawScore, rowFor } from './pool.ts';
import { similarReason } from './reasons.ts';
import { generalConfidence, relevance } from './relevance.ts';

/** Each source that names an item speaks like this many users. */
const USERS_PER_SOURCE = 20;

export type SimilarItem = Omit<Recommendation, 'rung'>;

/** Similar items, best first; `reason` says why where there are none. */
export type SimilarResult = { items: SimilarItem[]; reason: string };

/**
 * The items most similar to one, from the stored lists with the hybrid's weights or, for an item that came after the
 * training, from its text. Expired items, unknown ones and the item itself are left out.
 */
export function similarItems(itemId: string, limit: number, sources: Sources, now: number): SimilarResult {
  const pool = poolOf(itemId, sources);
  const heap = makeTopK(limit);
  pool.ids.forEach((id, row) => {
    const item = sources.catalog.get(id);
    if (item !== undefined && id !== itemId && !isExpired(item, now)) offer(heap, row, rawScore(pool, row));
  });
  const size = sortBestFirst(heap);
  const items = Array.from({ length: size }, (_, at) =>
    describeSimilar(pool, heap.ids[at]!, { itemId, sources }),
  );
  return { items, reason: size > 0 ? '' : 'No item shares users or content with this one yet.' };
}

function poolOf(itemId: string, sources: Sources): Pool {
  const pool = makePool(256);
  const neighbours = neighboursOf(itemId, sources);
  for (const source of ['collaborative', 'sequential', 'content'] as const) {
    const weight = sources.weights[source] || Number.EPSILON;
    const column = columnOf(source);
    for (const { itemId: id, score } of neighbours[source]) {
      addPart(pool, rowFor(pool, id), { column, amount: weight * score, through: itemId });
    }
  }
  return pool;
}

function describeSimilar(
  pool: Pool,
  row: number,
  { itemId, sources }: { itemId: string; sources: Sources },
): SimilarItem {
  const raw = rawScore(pool, row);
  const score = relevance(raw, sources.weights.halfScore);
  const scores: Partial<Record<ScoreSource, number>> = partsOf(pool, row, raw > 0 ? score / raw : 0);
  const item = sources.catalog.get(pool.ids[row]!)!;
  return {
    itemId: item.itemId,
    item,
    score,
    confidence: 2 * generalConfidence(USERS_PER_SOURCE * Object.keys(scores).length),
    reason: similarReason(causeOf(pool, row), item, sources.catalog.get(itemId)),
    scores,
  };
}
