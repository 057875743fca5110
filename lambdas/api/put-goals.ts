import { putGoals } from '../../contracts/profile/endpoints.ts';
import { goalsAnswer } from '../../core/goals/goals-answer.ts';
import { setGoals } from '../../core/goals/set-goals.ts';
import { changeProfile } from '../../core/profile/change/manage-profile.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { profilePorts } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(putGoals, async ({ body, userId, now }) => {
  const known = await changeProfile(profilePorts(), {
    userId,
    now,
    change: (profile, behaviour) => ({
      ...profile,
      goals: setGoals(body, { existing: profile.goals, behaviour, now }),
    }),
  });
  return { status: 200, body: goalsAnswer(known, now) };
});
