import type { Goal } from '../goals/goal.ts';
import { goalProgress, type Pace } from '../goals/goal-progress.ts';
import type { Behaviour } from '../profile/behaviour.ts';
import type { GoalSignal } from './types.ts';

/** Constants, as behaviour of users with goals is too rare to learn them from; an item's match with the goal is multiplied by them. */
const WEIGHTS: Readonly<Record<Exclude<Pace, 'done'> | 'open', number>> = {
  overdue: 1.5,
  behind: 1.5,
  'on track': 1,
  open: 1,
  ahead: 0.75,
};

const MOST_GOALS = 10;
const LONGEST_TITLE = 500;

/** What ranking may use of goals: the ten most urgent that are not done, each title once. */
export const goalSignals = (goals: readonly Goal[], behaviour: Behaviour, now: number): GoalSignal[] => {
  const open = new Map<string, GoalSignal>();
  for (const goal of goals) {
    const pace = goalProgress(goal, behaviour, now).pace ?? 'open';
    const title = goal.title.trim().slice(0, LONGEST_TITLE);
    if (pace === 'done' || title === '') continue;
    const weight = Math.max(WEIGHTS[pace], open.get(title)?.weight ?? 0);
    open.set(title, { title, weight });
  }
  return [...open.values()].sort((a, b) => b.weight - a.weight).slice(0, MOST_GOALS);
};
