import { resetProfile } from '../../contracts/profile/endpoints.ts';
import { KEPT_ON_RESET, resetProfile as reset } from '../../core/profile/change/reset-profile.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { shownProfile } from '../runtime/kept/user-models.ts';
import {
  achievements,
  generations,
  journal,
  learningPaths,
  offers,
  precomputed,
  profilePorts,
  texts,
  updates,
} from '../runtime/ports/table-ports.ts';

export const handler = endpoint(resetProfile, async ({ userId, now }) => {
  const ports = {
    ...profilePorts(),
    journal: journal(),
    precomputed: precomputed(),
    achievements: achievements(),
    generations: generations(),
    learningPaths: learningPaths(),
    texts: texts(),
    offers: offers(),
    updates: updates(),
  };
  const known = await reset(ports, userId, now);
  return {
    status: 200,
    body: { success: true, userId, kept: KEPT_ON_RESET, profile: await shownProfile(known, now) },
  };
});
