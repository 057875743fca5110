import { sequentialInterval } from '../statistics/sequential.ts';
import type { Sufficient } from '../statistics/sufficient.ts';
import type { ComparedArm } from './compare-metric.ts';
import { alphaOf } from './levels.ts';
import type { ArmComparison, ArmResult, MetricResult, Tested } from './types.ts';
import { type Stage, VERDICT_RULES } from './verdict-rules.ts';

/** One arm in one metric, as the verdict sees it. */
export type Evidence = {
  readonly metric: MetricResult;
  readonly arm: ArmResult;
  readonly control: ArmResult;
  /** The test that counts: with the covariate taken out, where there is one. */
  readonly tested: Tested;
  /** How much better the arm is, in the metric's unit; below 0 it is worse. */
  readonly gain: number;
  /** 1: surely better, -1: surely worse, 0: neither. */
  readonly effect: -1 | 0 | 1;
  readonly enoughUsers: boolean;
};

export type Judging = {
  readonly stage: Stage;
  readonly confidence: number;
  /** Comparisons among which a winner, or harm, is looked for: goals and guardrails apart. */
  readonly comparisons: { readonly goal: number; readonly guardrail: number };
};

/**
 * While it runs, and after an end that nobody planned, the always-valid p-value decides, divided among the comparisons
 * (Bonferroni), so that the chance of ever being wrong stays below 1 - confidence. At the planned end: Benjamini-Hochberg. Harm to a guardrail counts by either.
 */
const isSure = (
  tested: Tested,
  isGuardrail: boolean,
  { stage, confidence, comparisons }: Judging,
): boolean => {
  const of = comparisons[isGuardrail ? 'guardrail' : 'goal'];
  const anytime = tested.sequential.pValue <= alphaOf({ confidence }) / Math.max(1, of);
  if (stage !== 'ended') return anytime;
  return tested.significant || (isGuardrail && anytime);
};

const evidenceOf = (
  metric: MetricResult,
  [arm, comparison]: readonly [ArmResult, ArmComparison],
  judging: Judging,
): Evidence => {
  const control = metric.arms[0]!;
  const tested = comparison.cuped ?? comparison;
  const gain = tested.lift.absolute * (metric.goal === 'increase' ? 1 : -1);
  const enoughUsers = Math.min(arm.users, control.users) >= VERDICT_RULES.leastUsers;
  const sure = enoughUsers && isSure(tested, metric.guardrail, judging);
  return {
    metric,
    arm,
    control,
    tested,
    gain,
    effect: sure ? (Math.sign(gain) as -1 | 0 | 1) : 0,
    enoughUsers,
  };
};

/** All arms but the control in all metrics, in the order of the experiment. */
export const evidencesOf = (metrics: readonly MetricResult[], judging: Judging): Evidence[] =>
  metrics.flatMap((metric) =>
    metric.arms.flatMap((arm) =>
      arm.comparison ? [evidenceOf(metric, [arm, arm.comparison], judging)] : [],
    ),
  );

const scaled = ({ users, sum, sumSquares }: Sufficient, by: number): Sufficient => ({
  users,
  sum: sum * by,
  sumSquares: sumSquares * by * by,
});

/**
 * True where the arm lies within +-1 % of the control, always-valid: the sequential intervals of treated - 1.01 control and
 * treated - .99 control leave out 0 on the inner sides (two one-sided tests, Schuirmann 1987). Of a control that is not above 0, never.
 */
export const isEquivalent = ({ pair, cuped }: ComparedArm, confidence: number): boolean => {
  const { treated, control } = cuped?.pair ?? pair;
  if (!(control.sum > 0) || Math.min(treated.users, control.users) < VERDICT_RULES.leastUsers) return false;
  const alpha = alphaOf({ confidence });
  const { equivalence } = VERDICT_RULES;
  const [, above] = sequentialInterval(treated, scaled(control, 1 + equivalence), { alpha });
  const [below] = sequentialInterval(treated, scaled(control, 1 - equivalence), { alpha });
  return above < 0 && below > 0;
};
