import type { Interaction } from '../../core/profile/types.ts';
import { type Habit, type Person, pick, type Random } from './people.ts';

/** Somebody opens the dashboard (in the week) and does some things afterwards. */
export type Session = {
  readonly person: Person;
  /** ms since the epoch */
  readonly at: number;
  readonly interactions: readonly Interaction[];
};

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** UTC */
const FIRST_HOUR = 6;
const HOURS = 14;

const chosen = (habits: readonly Habit[], random: Random): Habit => {
  const all = habits.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * all;
  for (const habit of habits) {
    left -= habit.weight;
    if (left <= 0) return habit;
  }
  return pick(random, habits);
};

const interactionOf = (
  { person, sessionId, at }: { person: Person; sessionId: string; at: number },
  random: Random,
  newId: () => string,
): Interaction => {
  const { weight: _, ...habit } = chosen(person.habits, random);
  return {
    interactionId: newId(),
    userId: person.userId,
    ...habit,
    ...(habit.contentId !== undefined && { completionRate: Math.round(random() * 100) / 100 }),
    durationMs: Math.floor(random() * 120_000),
    sessionId,
    device: random() < 0.7 ? 'desktop' : 'mobile',
    occurredAt: at,
    receivedAt: at,
  };
};

export const sessionAt = (person: Person, at: number, random: Random, newId: () => string): Session => {
  const count = 1 + Math.floor(random() * person.busyness);
  const sessionId = newId();
  const interactions = Array.from({ length: count }, (_, index) =>
    interactionOf({ person, sessionId, at: at + (index + 1) * MINUTE_MS }, random, newId),
  );
  return { person, at, interactions };
};

const moment = (day: number, random: Random): number =>
  day + FIRST_HOUR * HOUR_MS + Math.floor(random() * HOURS * HOUR_MS);

/** Sessions of three weeks before `start`. */
export const sessionsBefore = (
  people: readonly Person[],
  start: number,
  random: Random,
  newId: () => string,
): Session[] =>
  people.flatMap((person) =>
    Array.from({ length: person.sessionsBefore }, () => start - Math.ceil(random() * 21) * DAY_MS)
      .map((day) => moment(day, random))
      .sort((a, b) => a - b)
      .map((at) => sessionAt(person, at, random, newId)),
  );

/** Sessions of one day of the week, everybody's, in their order. */
export const sessionsOf = (
  people: readonly Person[],
  day: number,
  random: Random,
  newId: () => string,
): Session[] =>
  people
    .flatMap((person) =>
      Array.from({ length: person.dashboardsPerDay }, () =>
        sessionAt(person, moment(day, random), random, newId),
      ),
    )
    .sort((a, b) => a.at - b.at);
