import type { ActionDefinition, DoneBy } from '../domains/types.ts';
import type { Behaviour, RecentEntry } from '../profile/behaviour.ts';
import { WEEK_MS } from '../profile/fold/decay.ts';
import { recentEntries } from '../profile/fold/recent.ts';
import { recentActionLog } from '../profile/fold/recent-action-log.ts';
import { strengthOf } from '../profile/fold/signal-table.ts';
import { actionName } from '../workflow/actions.ts';
import { nextActions } from '../workflow/next-actions.ts';
import { doneCount, shows } from './done-by.ts';
import type { ActionOffers } from './types.ts';

const HOUR_MS = 3_600_000;

/** Of an action about which nothing is known: one step in twenty. It weighs as much as ten steps of the user. */
const USUAL_SHARE = 0.05;
const USUAL_WEIGHT = 10;

/** Steps follow each other in visits and are not independent: beyond so many, more of them add nothing. */
const MOST_STEPS = 20;

/** A prior never says never, and never always. */
const PRIOR_RANGE = [0.01, 0.9] as const;

/** The prior weighs as much as so many offers: after four offers in vain the probability is half of what habits say. */
export const PRIOR_OFFERS = 4;

/** What a user's steps tell, taken once for all actions. */
export type Habits = {
  readonly behaviour: Behaviour;
  /** Things the user did, without what only happened to them. */
  readonly steps: number;
  readonly stepsPerHour: number;
  /** Recent interactions, each with its part in the probability of the next step. */
  readonly next: readonly { readonly entry: RecentEntry; readonly probability: number }[];
};

const activeShare = ({ types, interactions }: Behaviour): number => {
  const passive = types.reduce((sum, [type, count]) => sum + (strengthOf(type) === 0 ? count : 0), 0);
  return interactions === 0 ? 0 : Math.max(0, interactions - passive) / interactions;
};

/** Interactions an hour since the begin of the last week but one (weeks as in `Behaviour.weeks`), or since the first; over a day at least. */
const interactionsPerHour = ({ weeks: [newest, counts], firstAt }: Behaviour, now: number): number => {
  const age = Math.max(0, Math.floor(now / WEEK_MS) - newest);
  const counted = (counts[0 - age] ?? 0) + (counts[1 - age] ?? 0);
  const since = Math.max((Math.floor(now / WEEK_MS) - 1) * WEEK_MS, firstAt ?? 0);
  return counted / Math.max(24, (now - since) / HOUR_MS);
};

const nextByEntry = (behaviour: Behaviour): Habits['next'] => {
  const named = recentEntries(behaviour).map((entry) => {
    const [, , type, , contentType, feature] = entry;
    return { entry, name: actionName({ type, contentType, feature }) };
  });
  const counts = new Map<string, number>();
  for (const { name } of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  const expected = new Map(
    nextActions(recentActionLog(behaviour), Infinity).map(({ action, probability }) => [action, probability]),
  );
  return named.map(({ entry, name }) => ({
    entry,
    probability: (expected.get(name) ?? 0) / (counts.get(name) ?? 1),
  }));
};

/** `now` is ms since the epoch. */
export const habitsOf = (behaviour: Behaviour, now: number): Habits => {
  const share = activeShare(behaviour);
  return {
    behaviour,
    steps: share * behaviour.interactions,
    stepsPerHour: share * interactionsPerHour(behaviour, now),
    next: nextByEntry(behaviour),
  };
};

/** How likely the next step of the user is the action: half what the workflow foresees, half how often it came up at all. */
const shareOfSteps = ({ behaviour, steps, next }: Habits, doneBy: DoneBy): number => {
  const done = Math.min(steps, doneCount(behaviour, doneBy));
  const overall = (done + USUAL_WEIGHT * USUAL_SHARE) / (steps + USUAL_WEIGHT);
  if (next.length === 0) return overall;
  const foreseen = next.reduce(
    (sum, { entry, probability }) => sum + (shows(entry, doneBy) ? probability : 0),
    0,
  );
  return (foreseen + overall) / 2;
};

const within = (x: number, [low, high]: readonly [number, number]): number =>
  Math.min(high, Math.max(low, x));

/**
 * How likely the user does the action within `validHours`, whether it is offered or not: 1 - (1 - share)^steps, with the steps (1-20)
 * that the user takes in that time and the share of them that are the action. 0.01-0.9.
 */
export const habitProbability = (
  habits: Habits,
  { doneBy, validHours }: Pick<ActionDefinition, 'doneBy' | 'validHours'>,
): number => {
  const steps = within(habits.stepsPerHour * validHours, [1, MOST_STEPS]);
  return within(1 - (1 - Math.min(1, shareOfSteps(habits, doneBy))) ** steps, PRIOR_RANGE);
};

/** Offers that ended and those of them that were taken. */
export const endedOffers = (
  offers: Pick<ActionOffers, 'offered' | 'taken' | 'endedAt'> | undefined,
): { ended: number; taken: number } => {
  if (!offers) return { ended: 0, taken: 0 };
  return { ended: offers.offered - (offers.endedAt === undefined ? 1 : 0), taken: offers.taken };
};

/**
 * Probability that the user does the action while it is offered: the mean of a Beta-Binomial posterior,
 * (4 * habit + taken) / (4 + ended), from the user's habits and the offers that ended. Rises with what is taken, falls with what is
 * not, and is never 0 or 1.
 */
export const takeProbability = (
  habit: number,
  offers: Pick<ActionOffers, 'offered' | 'taken' | 'endedAt'> | undefined,
): number => {
  const { ended, taken } = endedOffers(offers);
  return (PRIOR_OFFERS * habit + taken) / (PRIOR_OFFERS + ended);
};
