import type { AchievementDefinition } from '../domains/types.ts';
import { readMetric } from '../goals/read-metric.ts';
import type { Behaviour } from '../profile/behaviour.ts';
import type { Streak } from './types.ts';

/** Metrics that are read from the days of a streak and not from the behaviour: its length now, and the longest one. */
const STREAK = 'streak';
const LONGEST = 'streak:longest';

export const isOfStreak = ({ metric }: Pick<AchievementDefinition, 'metric'>): boolean =>
  metric === STREAK || metric === LONGEST;

type Measured = Pick<AchievementDefinition, 'metric' | 'target'>;

/** How far somebody is, not cut at the target. */
export const readingOf = ({ metric }: Measured, behaviour: Behaviour, streak: Streak): number => {
  if (metric === STREAK) return streak.length;
  return metric === LONGEST ? streak.longest : readMetric(metric, behaviour);
};

/** Whether the metrics say that it is reached. */
export const isReached = (definition: Measured, behaviour: Behaviour, streak: Streak): boolean =>
  readingOf(definition, behaviour, streak) >= definition.target;

/** Those of the definitions, streaks left out, that `after` reaches and `before` did not. */
export const crossed = <D extends Measured>(
  definitions: readonly D[],
  before: Behaviour,
  after: Behaviour,
): D[] =>
  definitions.filter(
    (definition) =>
      !isOfStreak(definition) &&
      readMetric(definition.metric, after) >= definition.target &&
      readMetric(definition.metric, before) < definition.target,
  );
