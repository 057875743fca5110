import type { Behaviour } from '../profile/behaviour.ts';
import type { Goal, GoalInput, GoalTerm } from './goal.ts';
import { isLevel, readMetric } from './read-metric.ts';

export type GoalLists = { shortTerm: readonly GoalInput[]; longTerm: readonly GoalInput[] };

const normalised = (input: GoalInput, term: GoalTerm): Omit<Goal, 'setAt' | 'baseline'> => {
  if (typeof input === 'string') return { title: input.trim(), term };
  const { title, metric, target, due } = input;
  return {
    title: title.trim(),
    term,
    ...(metric === undefined ? {} : { metric: metric.trim() }),
    ...(target === undefined ? {} : { target }),
    ...(due === undefined ? {} : { due }),
  };
};

/**
 * The goals that replace `existing`. A goal that was there before (same title and metric) keeps its beginning, so that
 * moving a target or a date does not set its progress back; a new one is measured from now.
 */
export const setGoals = (
  lists: GoalLists,
  from: { existing: readonly Goal[]; behaviour: Behaviour; now: number },
): Goal[] => {
  const given = [
    ...lists.shortTerm.map((input) => normalised(input, 'short')),
    ...lists.longTerm.map((input) => normalised(input, 'long')),
  ];
  return given.map((goal) => {
    const before = from.existing.find(({ title, metric }) => title === goal.title && metric === goal.metric);
    if (before) return { ...goal, setAt: before.setAt, baseline: before.baseline };
    const { metric } = goal;
    const baseline = metric === undefined || isLevel(metric) ? 0 : readMetric(metric, from.behaviour);
    return { ...goal, setAt: from.now, baseline };
  });
};
