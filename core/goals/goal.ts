export type GoalTerm = 'short' | 'long';

/**
 * A goal as it is kept. `metric` names what is counted: an interaction type, `sessions`, `interactions`, `features`
 * (distinct), `feature:<name>` or `value:<type>` (sum of values). Counts are lifetime counts, so `baseline` holds the
 * metric's reading when the goal was set. `due` is an ISO date or time.
 */
export type Goal = {
  title: string;
  term: GoalTerm;
  metric?: string;
  target?: number;
  due?: string;
  /** ms since the epoch */
  setAt: number;
  baseline: number;
};

/** A goal as clients send it. */
export type GoalInput = string | { title: string; metric?: string; target?: number; due?: string };
