import { actionRuns } from './action-runs.ts';
import type { Behaviour } from './behaviour.ts';
import { rounded } from './curves.ts';

export type NextAction = { action: string; probability: number };

/** The general frequencies weigh as much as this many observed transitions. */
const BACK_OFF = 2;
const SHOWN = 5;

const countsOf = (actions: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const action of actions) counts.set(action, (counts.get(action) ?? 0) + 1);
  return counts;
};

/**
 * What the user does next, by recent activity: P(a) = (n(last -> a) + 2 f(a)) / (n(last ->) + 2), f being the share of a
 * among recent actions (Dirichlet smoothing, Zhai & Lafferty 2004). All probabilities add up to 1; the five largest are given.
 */
export const nextActions = (behaviour: Behaviour): NextAction[] => {
  const runs = actionRuns(behaviour);
  const all = runs.flat();
  const last = all.at(-1);
  const followers = runs.flatMap((run) => run.slice(1).filter((_, i) => run[i] === last));
  const transitions = countsOf(followers);
  return Array.from(countsOf(all), ([action, count]) => {
    const backedOff = (transitions.get(action) ?? 0) + (BACK_OFF * count) / all.length;
    return { action, probability: rounded(backedOff / (followers.length + BACK_OFF), 4) };
  })
    .sort((a, b) => b.probability - a.probability || (a.action < b.action ? -1 : 1))
    .slice(0, SHOWN);
};
