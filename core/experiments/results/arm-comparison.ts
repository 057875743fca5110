import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import { detectableEffect, powerOf } from '../statistics/power.ts';
import { meanOf, squaredError } from '../statistics/sufficient.ts';
import { beliefOfArm } from './belief-of-arm.ts';
import type { ComparedArm } from './compare-metric.ts';
import { finite, finiteInterval } from './finite.ts';
import { alphaOf, type Levels } from './levels.ts';
import type { FoundDifference, Pair } from './test-difference.ts';
import type { ArmComparison, Tested } from './types.ts';

/** Probability with which the minimum detectable difference is found. */
const PLANNED_POWER = 0.8;

const adjusted = (found: FoundDifference, adjustedPValue: number, levels: Levels): Tested => ({
  ...found,
  adjustedPValue,
  significant: adjustedPValue <= alphaOf(levels),
});

const powerNow = ({ treated, control }: Pair, levels: Levels): ArmComparison['power'] => {
  if (treated.users < 2 || control.users < 2) {
    return { now: null, minimumDetectable: { absolute: null, relative: null } };
  }
  const error = Math.sqrt(squaredError(treated) + squaredError(control));
  const at = { alpha: alphaOf(levels), distributions: levels.distributions };
  const absolute = detectableEffect(error, PLANNED_POWER, at);
  const base = meanOf(control);
  return {
    now: powerOf(meanOf(treated) - base, error, at),
    minimumDetectable: { absolute, relative: base > 0 ? finite(absolute / base) : null },
  };
};

const comparisonOf = (
  arm: ComparedArm,
  [ofRaw, ofDecisive]: readonly [number, number],
  levels: Levels,
): ArmComparison => {
  const { chanceToWin, expectedLoss, credible } = beliefOfArm(arm.metric, arm.pair, levels);
  return {
    method: arm.metric.type === 'binomial' ? 'two-proportion z' : 'Welch t',
    ...adjusted(arm.raw, ofRaw, levels),
    chanceToWin,
    expectedLoss,
    credibleInterval: finiteInterval(credible),
    power: powerNow(arm.pair, levels),
    ...(arm.cuped && { cuped: adjusted(arm.cuped.found, ofDecisive, levels) }),
    ...(arm.winsorized && { winsorized: arm.winsorized }),
  };
};

/**
 * Whole comparisons of all metrics and arms of an experiment, in the order given. p-values are adjusted together: those of the
 * plain tests, and those that the verdict rests on (with the covariate taken out where there is one).
 */
export const comparisonsOf = (all: readonly ComparedArm[], levels: Levels): ArmComparison[] => {
  const ofRaw = benjaminiHochberg(all.map(({ raw }) => raw.pValue));
  const ofDecisive = benjaminiHochberg(all.map(({ raw, cuped }) => (cuped?.found ?? raw).pValue));
  return all.map((arm, at) => comparisonOf(arm, [ofRaw[at]!, ofDecisive[at]!], levels));
};
