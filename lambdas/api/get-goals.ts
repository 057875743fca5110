import { getGoals } from '../../contracts/profile/endpoints.ts';
import { goalsAnswer } from '../../core/goals/goals-answer.ts';
import { loadKnownUser } from '../../core/profile/change/manage-profile.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { users } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(getGoals, async ({ userId, now }) => ({
  status: 200,
  body: goalsAnswer(await loadKnownUser({ users: users() }, userId, now), now),
}));
