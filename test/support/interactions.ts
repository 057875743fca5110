import type { Interaction } from '../../core/profile/types.ts';

export const NOON = Date.UTC(2026, 10, 21, 12);

/** An interaction of a test: only what matters to it is given. */
export const interaction = (given: Partial<Interaction> & { interactionId: string }): Interaction => ({
  userId: 'ada',
  type: 'view',
  occurredAt: NOON,
  receivedAt: NOON,
  ...given,
});
