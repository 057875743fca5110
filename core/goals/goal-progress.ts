import type { Behaviour } from '../profile/behaviour.ts';
import { rounded } from '../profile/view/curves.ts';
import type { Goal } from './goal.ts';
import { readMetric } from './read-metric.ts';

export type Pace = 'ahead' | 'on track' | 'behind' | 'done' | 'overdue';

export type GoalProgress = {
  /** False where the goal names no metric; `reason` then says so. */
  measured: boolean;
  /** What was reached since the goal was set. */
  current?: number;
  target?: number;
  /** Share of the target, 0-1. */
  ratio?: number;
  /** Only where there is a target, and a date or the target is reached. */
  pace?: Pace;
  reason?: string;
};

/** So far from the straight line to the date, one is still on track. */
const TOLERANCE = 0.1;

/** Counts since the goal was set; all of them where they fell below the baseline: the history was reset meanwhile. */
const reached = (goal: Goal, metric: string, behaviour: Behaviour): number => {
  const reading = readMetric(metric, behaviour);
  return rounded(reading < goal.baseline ? reading : reading - goal.baseline, 3);
};

const paceOf = (goal: Goal, ratio: number, now: number): Pace | undefined => {
  if (ratio >= 1) return 'done';
  const due = goal.due === undefined ? Number.NaN : Date.parse(goal.due);
  if (Number.isNaN(due)) return undefined;
  if (now >= due) return 'overdue';
  const elapsed = Math.max(0, now - goal.setAt) / (due - goal.setAt);
  if (ratio >= elapsed + TOLERANCE) return 'ahead';
  return ratio < elapsed - TOLERANCE ? 'behind' : 'on track';
};

/**
 * How far a goal is, measured since it was set where it names a metric. The pace compares the share of the target with
 * the share of the time until `due` (a tenth either way is on track).
 */
export const goalProgress = (goal: Goal, behaviour: Behaviour, now: number): GoalProgress => {
  if (goal.metric === undefined) return { measured: false, reason: 'The goal names no metric' };
  const current = reached(goal, goal.metric, behaviour);
  if (goal.target === undefined) return { measured: true, current, reason: 'The goal names no target' };
  const share = goal.target <= 0 ? 1 : Math.min(1, Math.max(0, current / goal.target));
  const pace = paceOf(goal, share, now);
  const ratio = share === 1 ? 1 : Math.floor(share * 1000) / 1000;
  return { measured: true, current, target: goal.target, ratio, ...(pace ? { pace } : {}) };
};

export type GoalView = Omit<Goal, 'setAt' | 'baseline'> & { progress: GoalProgress };

/** Goals with their progress, without what is only kept for measuring. */
export const goalViews = (goals: readonly Goal[], behaviour: Behaviour, now: number): GoalView[] =>
  goals.map((goal) => {
    const { setAt: _setAt, baseline: _baseline, ...shown } = goal;
    return { ...shown, progress: goalProgress(goal, behaviour, now) };
  });
