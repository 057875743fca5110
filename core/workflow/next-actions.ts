import { rounded } from '../profile/view/curves.ts';
import { type ActionLog, END } from './action-log.ts';

export type NextAction = { action: string; probability: number };

/** What followed a context, and the longer contexts that end in it, by the action before. */
type Context = {
  total: number;
  readonly followers: Map<number, number>;
  readonly longer: Map<number, Context>;
};

/** Predicts what follows actions, by what followed them before. */
export type NextActionModel = {
  /** Probability of each action of the log after `history` (codes, oldest first; within one visit); they add up to 1. */
  probabilities(history: ArrayLike<number>): Float64Array;
};

/** The longest context, in actions. */
export const ORDER = 3;

const newContext = (): Context => ({ total: 0, followers: new Map(), longer: new Map() });

const count = (context: Context, action: number): void => {
  context.total += 1;
  context.followers.set(action, (context.followers.get(action) ?? 0) + 1);
};

const contextsOf = ({ codes }: ActionLog, order: number): Context => {
  const root = newContext();
  codes.forEach((action, position) => {
    if (action === END) return;
    let context = root;
    count(context, action);
    for (let back = 1; back <= order; back++) {
      const before = codes[position - back] ?? END;
      if (before === END) return;
      const longer = context.longer.get(before) ?? newContext();
      context.longer.set(before, longer);
      context = longer;
      count(context, action);
    }
  });
  return root;
};

/**
 * How much of what a context knows is left to the shorter one, per kind of follower: a single user's log is short, and 2
 * foresaw better than Witten and Bell's 1 on generated users and on single students of OULAD (`npm run bench:next-action`).
 */
const ESCAPE = 2;

/** P(a | longer) = (n(a) + left * P(a | shorter)) / (n + left), left = 2 * kinds of followers; in place. */
const interpolate = (probabilities: Float64Array, { total, followers }: Context): void => {
  const left = ESCAPE * followers.size;
  for (let a = 0; a < probabilities.length; a++) {
    probabilities[a] = ((followers.get(a) ?? 0) + left * (probabilities[a] ?? 0)) / (total + left);
  }
};

/**
 * A Markov model of variable order with back-off: each longer context known is mixed with the shorter one by Witten-Bell's
 * weights (Witten & Bell 1991; interpolated as in Chen & Goodman 1998, equation 19), down to how often each action comes up
 * at all and to equal shares.
 */
export const nextActionModel = (log: ActionLog, order = ORDER): NextActionModel => {
  const root = contextsOf(log, order);
  return {
    probabilities: (history) => {
      const probabilities = new Float64Array(log.names.length).fill(1 / Math.max(1, log.names.length));
      let context: Context | undefined = root;
      for (let back = 1; context; back++) {
        if (context.total > 0) interpolate(probabilities, context);
        context =
          back > history.length ? undefined : context.longer.get(history[history.length - back] ?? END);
      }
      return probabilities;
    },
  };
};

/** The codes of the last visit, oldest first. */
const lastVisit = ({ codes }: ActionLog): Int32Array => codes.slice(codes.lastIndexOf(END, -2) + 1, -1);

/** What the user does next, after the last actions of the log: the likeliest, of all that they did. */
export const nextActions = (log: ActionLog, shown: number): NextAction[] => {
  if (log.names.length === 0) return [];
  const probabilities = nextActionModel(log).probabilities(lastVisit(log));
  return log.names
    .map((action, code) => ({ action, probability: probabilities[code] ?? 0 }))
    .sort((a, b) => b.probability - a.probability || (a.action < b.action ? -1 : 1))
    .slice(0, shown)
    .map(({ action, probability }) => ({ action, probability: rounded(probability, 4) }));
};
