import type { LevelCounts, OutcomeTally, ValueCounts } from './types.ts';

/** Reward that is expected of a value about which nothing is known, and of the domain's default. */
export const PRIOR = { other: 0.5, default: 0.55 } as const;

/** So many outcomes of everybody weigh as much as the prior; so many of a segment as much as everybody. */
const PRIOR_STRENGTH = 10;
const SEGMENT_STRENGTH = 20;

/** So many outcomes of a user weigh as much as others, where users cannot be compared yet, and within these bounds where they can. */
export const USER_STRENGTH = 4;
const [LEAST_STRENGTH, MOST_STRENGTH] = [1, 30];
/** Outcomes beyond the first of each user, and users beyond the first of each value, from which on users are compared. */
const [ENOUGH_WITHIN, ENOUGH_BETWEEN] = [20, 10];

const THOUSANDTHS = 1_000;

const NOTHING: ValueCounts = { n: 0, sum: 0, squares: 0, users: 0, between: 0, pairs: 0 };

export const countsIn = (level: LevelCounts | undefined, cell: string, value: string): ValueCounts => {
  const values = level && Object.hasOwn(level, cell) ? level[cell] : undefined;
  return (values && Object.hasOwn(values, value) ? values[value] : undefined) ?? NOTHING;
};

/**
 * How many outcomes of a user weigh as much as the mean of others: the variance of a user's rewards by the variance of users' means
 * (the credibility constant of Bühlmann and Straub 1970, with their estimators by analysis of variance), pooled over the values of a cell. Rewards that
 * differ little between users give a large one: others know as well.
 */
export const userStrength = (level: LevelCounts, cell: string): number => {
  const values = Object.hasOwn(level, cell) ? Object.values(level[cell]!) : [];
  let [within, withinFreedom, between, betweenFreedom, spread] = [0, 0, 0, 0, 0];
  for (const { n, sum, squares, users, between: ofUsers, pairs } of values) {
    if (n === 0) continue;
    within += squares - ofUsers;
    withinFreedom += n - users;
    between += ofUsers - (sum * sum) / THOUSANDTHS / n;
    betweenFreedom += users - 1;
    spread += n - pairs / n;
  }
  if (withinFreedom < ENOUGH_WITHIN || betweenFreedom < ENOUGH_BETWEEN || spread <= 0) return USER_STRENGTH;
  const variance = Math.max(0, within / withinFreedom);
  const ofUsers = (between - betweenFreedom * variance) / spread;
  if (ofUsers <= 0) return MOST_STRENGTH;
  return Math.min(MOST_STRENGTH, Math.max(LEAST_STRENGTH, variance / ofUsers));
};

/** What is known of one value. */
export type Evidence = {
  /** The user's own outcomes. */
  readonly own: OutcomeTally;
  /** Pseudo-observations from what the user said and chose: how many, and the sum of their rewards. */
  readonly stated: { readonly n: number; readonly sum: number };
  readonly segment: ValueCounts;
  readonly everybody: ValueCounts;
  readonly isDefault: boolean;
};

/** A value's expected reward after each kind of knowledge, from the least to the most personal. */
export type Estimate = {
  readonly default: number;
  readonly everybody: number;
  readonly segment: number;
  readonly stated: number;
  readonly user: number;
  /** Share of each in the last; they add up to 1. */
  readonly weights: {
    readonly default: number;
    readonly everybody: number;
    readonly segment: number;
    readonly stated: number;
    readonly user: number;
  };
  /** How many observations of the user it is worth, those of others counted as far as they are used. */
  readonly effective: number;
};

const towards = (n: number, sum: number, strength: number, prior: number): number =>
  (sum + strength * prior) / (n + strength);

/** Empirical Bayes: the user's mean shrunk to the segment's, that to everybody's, that to the prior; `strength` is that of `userStrength`. */
export const estimateOf = (
  { own, stated, segment, everybody, isDefault }: Evidence,
  strength: number,
): Estimate => {
  const prior = isDefault ? PRIOR.default : PRIOR.other;
  const ofAll = towards(everybody.n, everybody.sum / THOUSANDTHS, PRIOR_STRENGTH, prior);
  const ofSegment = towards(segment.n, segment.sum / THOUSANDTHS, SEGMENT_STRENGTH, ofAll);
  const afterStated = towards(stated.n, stated.sum, strength, ofSegment);
  const [n, sum] = [own[0] + stated.n, own[1] / THOUSANDTHS + stated.sum];
  const rest = strength / (n + strength);
  const bySegment = segment.n / (segment.n + SEGMENT_STRENGTH);
  const byAll = (1 - bySegment) * (everybody.n / (everybody.n + PRIOR_STRENGTH));
  return {
    default: prior,
    everybody: ofAll,
    segment: ofSegment,
    stated: afterStated,
    user: towards(n, sum, strength, ofSegment),
    weights: {
      user: own[0] / (n + strength),
      stated: stated.n / (n + strength),
      segment: rest * bySegment,
      everybody: rest * byAll,
      default: rest * (1 - bySegment - byAll),
    },
    effective: n + strength * (bySegment + byAll),
  };
};
