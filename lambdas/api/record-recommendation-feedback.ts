import { recordRecommendationFeedback } from '../../contracts/recommendations/endpoints.ts';
import { feedbackInteraction } from '../../core/recommend/serve/feedback.ts';
import { trackOne } from '../../core/tracking/track-one.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { retentionMs } from '../runtime/environment.ts';
import { sharedData } from '../runtime/ports/serving-ports.ts';
import { decisions, wordlessTracking } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(recordRecommendationFeedback, async ({ body, userId, now, newId }) => {
  const ports = { decisions: decisions(), shared: sharedData };
  const sent = await feedbackInteraction(ports, { ...body, userId, now });
  const moment = { userId, now, newId, retentionMs: retentionMs() };
  const { interaction, reason } = await trackOne(wordlessTracking(), sent, moment);
  const { interactionId } = interaction;
  return { status: 201, body: { success: true, interactionId, contentId: sent.contentId, reason } };
});
