import type { ActionDefinition } from '../domains/types.ts';
import type { Fact } from '../insights/facts/types.ts';
import { snake } from '../insights/facts/words.ts';

/** What it is worth to bring a goal to mind, in the unit of an action's value (1-100); done goals are worth nothing. */
const WORTH: Readonly<Record<string, number>> = {
  ahead: 5,
  open: 10,
  'on track': 10,
  behind: 20,
  overdue: 25,
};

/** An open goal that an action moves, and what that adds to its value. */
export type ServedGoal = { readonly fact: Fact; readonly worth: number };

const sameMetric = (a: string, b: string): boolean => a === b || snake(a) === snake(b);

/** The open goal among the facts that the action serves and that presses most; of equal ones the first. */
export const servedGoal = (
  { serves = [] }: ActionDefinition,
  goals: readonly Fact[],
): ServedGoal | undefined => {
  let best: ServedGoal | undefined;
  for (const fact of goals) {
    const { metric } = fact.names;
    if (metric === undefined || !serves.some((served) => sameMetric(served, metric))) continue;
    const worth = WORTH[fact.words.pace ?? ''] ?? 0;
    if (worth > (best?.worth ?? 0)) best = { fact, worth };
  }
  return best;
};
