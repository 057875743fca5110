import type { SentInteraction } from './normalise.ts';

export type TargetFeedback = {
  target: { kind: string; id: string };
  rating?: number;
  sentiment?: 'positive' | 'negative' | 'neutral';
  text?: string;
};

/** Feedback as the interaction that it is stored as: a stated sentiment counts before the one read from the words. */
export const feedbackOnTarget = ({ target, rating, sentiment, text }: TargetFeedback): SentInteraction => ({
  type: 'feedback',
  contentId: target.id,
  contentType: target.kind,
  rating,
  feedback: sentiment ?? text,
  context: sentiment && text ? { text } : undefined,
});
