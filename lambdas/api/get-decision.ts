import { getDecision } from '../../contracts/decisions/endpoints.ts';
import { decisionBody } from '../../core/decisions/decision-answer.ts';
import { readDecision } from '../../core/decisions/read-decision.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { explaining } from '../runtime/ports/explaining-ports.ts';

export const handler = endpoint(getDecision, async ({ params, caller, userId, now }) => {
  const explained = await readDecision(explaining(), { decisionId: params.decisionId, caller, userId, now });
  return { status: 200, body: decisionBody(explained) };
});
