import type { Experiment } from '../types.ts';
import type { Evaluation } from './types.ts';

/** Conversions count while an experiment runs; what still waits in the queue when it is completed arrives within this time. */
const LATE_MS = 3_600_000;

/** From when on nothing can change what was counted, ms since the epoch: Infinity for what is not completed. */
export const settledAt = ({ body, changedAt }: Experiment): number =>
  body.status === 'completed' ? changedAt + LATE_MS : Number.POSITIVE_INFINITY;

/** Whether the hourly job counts an experiment: all but drafts, those that have not begun, and those that are settled. */
export const isDue = ({ body }: Experiment, stored: Evaluation | undefined, now: number): boolean => {
  if (body.status === 'draft' || stored?.isFinal) return false;
  return body.startDate === undefined || Date.parse(body.startDate) <= now;
};
