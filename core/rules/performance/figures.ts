import { type Comparison, compareProportions } from '../../experiments/statistics/two-proportions.ts';
import {
  type Interval,
  type Proportion,
  rateOf,
  wilsonInterval,
  Z_95,
} from '../../experiments/statistics/wilson.ts';
import { rounded } from '../../profile/view/curves.ts';
import type { ArmCounts, ArmTable } from './types.ts';

/** With fewer users in an arm, or fewer conversions in both, nothing is said about a difference. */
export const LEAST_USERS = 20;
export const LEAST_CONVERSIONS = 5;

/** `held out` is randomised; `not matched` users differ from the others in what the condition asks. */
export type ComparedWith = 'held out' | 'not matched';

/** One arm in figures. */
export type ArmFigures = {
  /** Users. */
  readonly exposures: number;
  /** Those of them who converted. */
  readonly conversions: number;
  readonly conversionRate: number;
  /** Of the rate, 95 %. */
  readonly rateInterval: Interval;
};

export type Lift = {
  /** Difference of the conversion rates. */
  readonly absolute: number;
  /** The same as a share of the other arm's rate; null where nobody of the others converted. */
  readonly relative: number | null;
  /** Of `absolute`. */
  readonly interval: Interval;
  readonly relativeInterval: Interval | null;
  readonly confidence: number;
  readonly pValue: number;
};

/** What a rule did, beside those who did not get it; `reason` says why there is no lift. */
export type Effect = ArmFigures & {
  readonly control: ArmFigures;
  readonly lift: Lift | null;
  readonly reason: string | null;
};

const proportionOf = ({ users, converted }: ArmCounts): Proportion => ({
  users: users ?? 0,
  converted: converted ?? 0,
});

/** Finer is noise, and floating point may leave -1 to 1 by it. */
const fine = (share: number): number => rounded(share, 6);
const fineInterval = ([low, high]: Interval): Interval => [fine(low), fine(high)];

const figuresOf = (arm: Proportion): ArmFigures => ({
  exposures: arm.users,
  conversions: arm.converted,
  conversionRate: fine(rateOf(arm)),
  rateInterval: fineInterval(wilsonInterval(arm, Z_95)),
});

const liftOf = ({ difference, interval, relative, pValue }: Comparison): Lift => ({
  absolute: fine(difference),
  relative: relative ? fine(relative.estimate) : null,
  interval: fineInterval(interval),
  relativeInterval: relative?.interval ? fineInterval(relative.interval) : null,
  confidence: 0.95,
  pValue,
});

/** Why too little is known to compare; undefined where it is enough. */
const tooLittle = (
  treated: Proportion,
  control: Proportion,
  comparison: ComparedWith,
): string | undefined => {
  const conversions = treated.converted + control.converted;
  if (treated.users < LEAST_USERS) {
    return `too little data: ${treated.users} users got the rule, ${LEAST_USERS} are needed`;
  }
  if (control.users < LEAST_USERS) {
    return `too little data: ${control.users} users ${comparison === 'held out' ? 'were held out' : 'did not match'}, ${LEAST_USERS} are needed`;
  }
  return conversions < LEAST_CONVERSIONS
    ? `too little data: ${conversions} conversions in both groups, ${LEAST_CONVERSIONS} are needed`
    : undefined;
};

/** What the users who got a rule did, and how that differs from the others. */
export const effectOf = (arms: ArmTable, comparison: ComparedWith): Effect => {
  const treated = proportionOf(arms.applied ?? {});
  const control = proportionOf(arms[comparison] ?? {});
  const reason = tooLittle(treated, control, comparison);
  return {
    ...figuresOf(treated),
    control: figuresOf(control),
    lift: reason === undefined ? liftOf(compareProportions(treated, control, Z_95)) : null,
    reason: reason ?? null,
  };
};
