import type { DecisionStore } from '../../decisions/ports.ts';
import { Invalid, NotFound } from '../../errors.ts';
import type { SentInteraction } from '../../tracking/normalise.ts';
import type { SharedData } from '../shared-data.ts';
import { type DecisionTrace, parseRecommendationId } from './decision-trace.ts';

export type RecommendationFeedback = {
  readonly userId: string;
  readonly recommendationId: string;
  readonly contentId?: string;
  readonly feedback: 'clicked' | 'dismissed' | 'converted' | 'liked' | 'disliked';
  readonly rating?: number;
  /** ms since the epoch */
  readonly now: number;
};

/** The interaction that each word stands for. */
const INTERACTION_TYPE: Readonly<Record<RecommendationFeedback['feedback'], string>> = {
  clicked: 'click',
  dismissed: 'dismiss',
  converted: 'converted',
  liked: 'like',
  disliked: 'dislike',
};

const shownAt = async (
  decisions: DecisionStore,
  { userId, recommendationId, now }: RecommendationFeedback,
) => {
  const named = parseRecommendationId(recommendationId);
  const decision = named && (await decisions.get(userId, named.decisionId, now));
  if (!named || !decision) return undefined;
  const [itemId] = (decision.body as Partial<DecisionTrace>).items?.[named.position] ?? [];
  return { itemId, position: named.position };
};

const resolved = (asked: string | undefined, shown: { itemId: string | undefined } | undefined): string => {
  if (asked && shown?.itemId && asked !== shown.itemId) {
    throw new Invalid([
      { path: 'contentId', message: 'is not what was recommended under this recommendationId' },
    ]);
  }
  const contentId = asked ?? shown?.itemId;
  if (!contentId) throw new NotFound('This recommendation is not known for this user: name its contentId');
  return contentId;
};

/**
 * The interaction that feedback on a recommendation stands for; it carries the recommendation's id, so that clicks and
 * conversions are attributed. Throws `Invalid` for a content that was not recommended there, `NotFound` for an unknown id.
 */
export const feedbackInteraction = async (
  ports: { decisions: DecisionStore; shared: () => Promise<SharedData> },
  feedback: RecommendationFeedback,
): Promise<SentInteraction & { contentId: string }> => {
  const [shown, shared] = await Promise.all([shownAt(ports.decisions, feedback), ports.shared()]);
  const contentId = resolved(feedback.contentId, shown);
  return {
    type: INTERACTION_TYPE[feedback.feedback],
    contentId,
    contentType: shared.catalogue.items.get(contentId)?.type,
    rating: feedback.rating,
    recommendationId: feedback.recommendationId,
    position: shown?.position,
  };
};
