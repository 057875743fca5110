import type { Interaction } from '../../core/profile/types.ts';
import type { Enrolment } from './enrolments.ts';

const NOON_MS = 12 * 3_600_000;
const MINUTE_MS = 60_000;

/**
 * What a student handed in, as interactions of type `submission` about the module. `startOf` gives the midnight (ms) with which a day of
 * the presentation begins; what came on one day comes a minute apart, from noon on.
 */
export const interactionsOf = (
  { userId, module, submissions }: Pick<Enrolment, 'userId' | 'module' | 'submissions'>,
  startOf: (day: number) => number,
): Interaction[] =>
  submissions.map(({ assessment, kind, day, score }, index) => {
    const occurredAt = startOf(day) + NOON_MS + index * MINUTE_MS;
    return {
      interactionId: `${userId}-${assessment}`,
      userId,
      type: 'submission',
      contentId: `assessment-${assessment}`,
      contentType: kind,
      ...(score !== undefined && { value: score }),
      context: { topic: module.toLowerCase() },
      occurredAt,
      receivedAt: occurredAt,
    };
  });
