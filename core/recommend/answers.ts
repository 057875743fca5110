import type { Decided } from './decide.ts';
import { engagementRates } from './shared-data.ts';
import type { Strategy } from './types.ts';

/** Recommendations in the words of `GET /recommendations/{userId}`. */
export const recommendationsAnswer = (decided: Decided, type: Strategy) =>
  decided.items.map((found, position) => ({
    recommendationId: decided.recommendationId(position),
    type,
    contentId: found.itemId,
    contentType: found.item.type,
    title: found.item.title,
    relevanceScore: found.score,
    confidenceScore: found.confidence,
    reason: found.reason,
    scores: found.scores as Record<string, number>,
    rung: found.rung,
  }));

/** Recommendations in the words of `GET /personalization/recommendations`. */
export const contentAnswer = (decided: Decided) => {
  const rates = engagementRates(decided.shared);
  return decided.items.map(({ itemId, item, reason, confidence }, position) => ({
    id: itemId,
    recommendationId: decided.recommendationId(position),
    type: item.type,
    title: item.title,
    description: item.description ?? '',
    url: item.url ?? '',
    imageUrl: item.imageUrl,
    matchReason: reason,
    confidence,
    engagementRate: rates.get(itemId) ?? 0,
  }));
};

/** Where an answer comes from (api.md, Provenance). */
export const provenanceOf = ({
  decisionId,
  generatedAt,
  source,
}: Pick<Decided, 'decisionId' | 'generatedAt' | 'source'>) => ({
  decisionId,
  generatedAt: new Date(generatedAt).toISOString(),
  source,
});

/** The ladder's rung, what would unlock the next, and why a list is empty or not personal. */
export const ladderOf = ({ rung, nextRung, reason }: Decided) => ({
  rung,
  nextRung,
  reason: reason || undefined,
});

/** Provenance as headers, for answers that are bare arrays. */
export const provenanceHeadersOf = (decided: Decided): Record<string, string> => ({
  'Attune-Decision-Id': decided.decisionId,
  'Attune-Generated-At': new Date(decided.generatedAt).toISOString(),
  'Attune-Source': decided.source,
  'Attune-Rung': decided.rung,
  ...(decided.reason ? { 'Attune-Reason': decided.reason } : {}),
});
