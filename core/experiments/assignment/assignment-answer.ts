import type { AnsweredAssignment } from './get-assignment.ts';

/** The arm of a user in the contract's words. */
export const assignmentAnswer = (
  { isControl: _, payload, ...assignment }: AnsweredAssignment,
  { userId, now }: { readonly userId: string; readonly now: number },
) => ({ ...assignment, userId, payload: payload ?? null, generatedAt: new Date(now).toISOString() });
