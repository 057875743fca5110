import { rounded } from '../profile/view/curves.ts';
import type { SimilarItem } from './rank/similar-items.ts';
import type { Decided } from './serve/decide.ts';
import { engagementRates } from './shared-data.ts';
import type { RankedGiven } from './types.ts';

const DIGITS = 4;

/** Scores as they are shown: four digits. */
export const shownScore = (score: number): number => rounded(score, DIGITS);

export const shownParts = (parts: Readonly<Partial<Record<string, number>>>): Record<string, number> =>
  Object.fromEntries(Object.entries(parts).map(([source, part]) => [source, shownScore(part ?? 0)]));

/** Recommendations in the words of `GET /recommendations/{userId}`. */
export const recommendationsAnswer = (decided: Decided) =>
  decided.items.map((found, position) => ({
    recommendationId: decided.recommendationId(position),
    type: decided.strategy,
    contentId: found.itemId,
    contentType: found.item.type,
    title: found.item.title,
    relevanceScore: shownScore(found.score),
    confidenceScore: shownScore(found.confidence),
    reason: found.reason,
    scores: shownParts(found.scores),
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
    confidence: shownScore(confidence),
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

/** Arms of experiments that a list was made under, as text: `key=variant, ...`. */
export const armsText = ({ experiments }: Pick<Decided, 'experiments'>): string =>
  experiments.map(({ key, variant }) => `${key}=${variant}`).join(', ');

/** Provenance as headers, for answers that are bare arrays. */
export const provenanceHeadersOf = (decided: Decided): Record<string, string> => ({
  'Attune-Decision-Id': decided.decisionId,
  'Attune-Generated-At': new Date(decided.generatedAt).toISOString(),
  'Attune-Source': decided.source,
  'Attune-Rung': decided.rung,
  ...(decided.reason ? { 'Attune-Reason': decided.reason } : {}),
  ...(decided.experiments.length > 0 ? { 'Attune-Experiments': armsText(decided) } : {}),
});

/** A ranked list of the caller's in the words of `POST /personalization/rank`. */
export const rankedAnswer = (items: readonly RankedGiven[]) =>
  items.map(({ itemId, score, known, reason, scores }) => ({
    contentId: itemId,
    score: shownScore(score),
    known,
    reason,
    scores: shownParts(scores),
  }));

/** Similar items in the words of `GET /personalization/similar/{contentId}`. */
export const similarAnswer = (items: readonly SimilarItem[]) =>
  items.map(({ itemId, item, score, reason, scores }) => ({
    contentId: itemId,
    contentType: item.type,
    title: item.title,
    similarity: shownScore(score),
    reason,
    scores: shownParts(scores),
  }));
