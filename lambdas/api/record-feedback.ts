import { recordFeedback } from '../../contracts/tracking/endpoints.ts';
import { feedbackOnTarget } from '../../core/tracking/feedback-on-target.ts';
import { sentimentAnswer, trackOne } from '../../core/tracking/track-one.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { retentionMs } from '../runtime/environment.ts';
import { tracking } from '../runtime/ports/scoring-ports.ts';

export const handler = endpoint(recordFeedback, async ({ body, userId, now, newId }) => {
  const moment = { userId, now, newId, retentionMs: retentionMs() };
  const { interaction, reason } = await trackOne(tracking(), feedbackOnTarget(body), moment);
  const { interactionId } = interaction;
  return {
    status: 201,
    body: { success: true, interactionId, sentiment: sentimentAnswer(interaction), reason },
  };
});
