import { getAssignment } from '../../contracts/experiments/endpoints.ts';
import { assignmentAnswer } from '../../core/experiments/assignment/assignment-answer.ts';
import { getAssignment as assignmentOf } from '../../core/experiments/assignment/get-assignment.ts';
import { deviceKind } from '../../core/tracking/normalise.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { assigning } from '../runtime/ports/assignment-ports.ts';

export const handler = endpoint(getAssignment, async ({ params, query, caller, userId, now, newId }) => {
  const { context, locale, anonymousId } = query;
  const anonymous = anonymousId === undefined ? undefined : { id: anonymousId, claimedBy: caller };
  const [experiment, device] = [params.experimentId, deviceKind(query.device)];
  const question = { userId, anonymous, experiment, context, device, locale, now, newId };
  return { status: 200, body: assignmentAnswer(await assignmentOf(assigning(), question), { userId, now }) };
});
