import { actionLog, visitsOf } from './action-log.ts';
import type { Action } from './actions.ts';
import { type BestHour, bestHours } from './best-hours.ts';
import { type NextAction, nextActions } from './next-actions.ts';
import { type Shortcut, shortcuts } from './shortcuts.ts';
import { type WorkflowPattern, workflowPatterns } from './workflow-patterns.ts';

type WithReason<T> = T & { reason: string };

/** What a user's workflow tells: what is repeated, what follows, when it goes best, what could be shorter. */
export type Optimizations = {
  sequences: WithReason<WorkflowPattern>[];
  nextSteps: WithReason<NextAction>[];
  bestHours: BestHour[];
  shortcuts: Shortcut[];
  /** Why lists are empty; absent where none is. */
  reason?: string;
};

const SEQUENCES = 10;
const NEXT_STEPS = 5;

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

const sequenceReason = ({ support, visits, next, nextProbability, usualHour }: WorkflowPattern): string => {
  const seen = `Came up ${times(support)} in ${visits === 1 ? 'one visit' : `${visits} visits`}`;
  const when = usualHour === null ? '' : `, usually around ${String(usualHour).padStart(2, '0')}:00`;
  const then = next === null ? '' : `; then came ${next} in ${percent(nextProbability)}`;
  return `${seen}${when}${then}`;
};

/** Why a list is empty. */
const EMPTY: Readonly<Record<'sequences' | 'nextSteps' | 'bestHours' | 'shortcuts', string>> = {
  sequences: 'no sequence of actions was repeated often enough',
  nextSteps: 'no action was tracked',
  bestHours: 'no hour of the day stands out',
  shortcuts: 'no repeated way has the same steps between almost every time',
};

const emptyReason = (found: Omit<Optimizations, 'reason'>): string | undefined => {
  const reasons = (Object.keys(EMPTY) as (keyof typeof EMPTY)[])
    .filter((list) => found[list].length === 0)
    .map((list) => EMPTY[list]);
  if (reasons.length === 0) return undefined;
  const sentence = reasons.join('; ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
};

/** Nothing, and why. */
export const nothingToOptimize = (reason: string): Optimizations => ({
  sequences: [],
  nextSteps: [],
  bestHours: [],
  shortcuts: [],
  reason,
});

/** Looks at actions, oldest first. `timezone` is an IANA name. Every element and every empty list says why. */
export const optimizationsOf = (actions: readonly Action[], timezone: string): Optimizations => {
  const log = actionLog(visitsOf(actions));
  const completing = new Set(actions.filter(({ completed }) => completed).map(({ name }) => name));
  const last = actions.at(-1)?.name ?? '';
  const found = {
    sequences: workflowPatterns(log, { timezone, count: SEQUENCES }).map((pattern) => ({
      ...pattern,
      reason: sequenceReason(pattern),
    })),
    nextSteps: nextActions(log, NEXT_STEPS).map((next) => ({
      ...next,
      reason: `Expected in ${percent(next.probability)} of the cases after ${last.replaceAll(/[_:]+/g, ' ')}`,
    })),
    bestHours: bestHours(actions, timezone),
    shortcuts: shortcuts(log, (name) => completing.has(name)),
  };
  const reason = emptyReason(found);
  return reason === undefined ? found : { ...found, reason };
};
