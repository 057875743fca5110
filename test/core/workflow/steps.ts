import { type ActionLog, actionLog, visitsOf } from '../../../core/workflow/action-log.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Friday, nine o'clock UTC. */
export const MORNING = Date.UTC(2026, 10, 20, 9);

/** Visits written as words, a day apart, an action a minute; the last one today. */
export const steps = (...visits: string[]) =>
  visits.flatMap((visit, day) =>
    visit
      .split(' ')
      .filter((name) => name !== '')
      .map((name, i) => ({
        name,
        at: MORNING - (visits.length - 1 - day) * DAY + i * MINUTE,
        session: '',
      })),
  );

export const logOf = (...visits: string[]): ActionLog => actionLog(visitsOf(steps(...visits)));
