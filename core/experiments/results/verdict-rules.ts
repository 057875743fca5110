/** The figures that verdicts go by. */
export const VERDICT_RULES = {
  /** Users that both arms need before a difference of theirs counts: below, means are not yet normal enough. */
  leastUsers: 100,
  /** Relative difference within which two arms count as equal. */
  equivalence: 0.01,
} as const;

/**
 * Where an experiment stands. `ended`: its planned end has come, so that its data are looked at once. `stopped`: somebody completed it
 * without or before a planned end, or moved the end, perhaps because of what was seen.
 */
export type Stage = 'not begun' | 'running' | 'ended' | 'stopped';

type Dates = {
  readonly status: 'draft' | 'running' | 'paused' | 'completed';
  readonly startDate?: string;
  readonly endDate?: string;
  readonly endMoved?: boolean;
};

/** `now` in ms since the epoch. */
export const stageOf = ({ status, startDate, endDate, endMoved }: Dates, now: number): Stage => {
  if (status === 'draft') return 'not begun';
  if (endDate !== undefined && now >= Date.parse(endDate)) return endMoved ? 'stopped' : 'ended';
  if (status === 'completed') return 'stopped';
  return startDate !== undefined && now < Date.parse(startDate) ? 'not begun' : 'running';
};
