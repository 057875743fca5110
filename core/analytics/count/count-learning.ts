import { COMPLETED_FROM, strengthOf } from '../../profile/fold/signal-table.ts';
import type { Interaction } from '../../profile/types.ts';
import { dayNumber } from '../periods.ts';
import type { CountableUser } from '../types.ts';
import type { DayTally } from './day-tally.ts';

/** Content types that are paths of learning or parts of them. */
const LEARNING_TYPES: ReadonlySet<string> = new Set([
  'learning_path',
  'path',
  'program',
  'curriculum',
  'course',
  'module',
  'lesson',
  'chapter',
  'tutorial',
  'workshop',
  'exercise',
  'quiz',
]);

const COMPLETING: ReadonlySet<string> = new Set(['complete', 'completed', 'finish', 'finished']);

/** As much as looking at it; less (an impression, a scroll past it) is no work on it. */
const WORK_FROM = 1;

/** Finished, not merely bought: see `isCompletion` for what else ends the interest in a content. */
const isFinished = ({ type, completionRate }: Interaction): boolean =>
  COMPLETING.has(type) || (completionRate ?? 0) >= COMPLETED_FROM;

const isWork = (interaction: Interaction): boolean =>
  isFinished(interaction) || strengthOf(interaction.type) >= WORK_FROM;

/** What a user did with one content: `finishedAt` is undefined until it is completed. */
type Course = { days: Map<number, number>; startedAt: number; finishedAt: number | undefined };

const coursesOf = (interactions: readonly Interaction[]): Course[] => {
  const courses = new Map<string, Course>();
  for (const interaction of interactions) {
    const { contentId, contentType, occurredAt } = interaction;
    if (contentId === undefined || !LEARNING_TYPES.has(contentType?.toLowerCase() ?? '')) continue;
    if (!isWork(interaction)) continue;
    const known = courses.get(contentId) ?? { days: new Map(), startedAt: occurredAt, finishedAt: undefined };
    if (isFinished(interaction)) known.finishedAt ??= occurredAt;
    known.days.set(dayNumber(occurredAt), occurredAt);
    courses.set(contentId, known);
  }
  return [...courses.values()];
};

/**
 * Learning contents of a user by day: `started` on the first day of work on them, `completed` on the day they were
 * finished for the first time, `progressed` on every other day of work before that. What was started before the oldest
 * stored interaction counts as started there. `interactions` oldest first.
 */
export const countLearning = ({ interactions }: CountableUser, tally: DayTally): void => {
  for (const { days, startedAt, finishedAt } of coursesOf(interactions)) {
    tally.add(startedAt, 'started', 1);
    if (finishedAt !== undefined) tally.add(finishedAt, 'completed', 1);
    const [started, finished] = [
      dayNumber(startedAt),
      finishedAt === undefined ? undefined : dayNumber(finishedAt),
    ];
    for (const [day, at] of days) {
      const isBetween = day !== started && (finished === undefined || day < finished);
      if (isBetween) tally.add(at, 'progressed', 1);
    }
  }
};
