import { benjaminiHochberg } from '../../experiments/statistics/benjamini-hochberg.ts';
import type { RulePerformance } from '../performance/rule-performance.ts';
import type { Rule } from '../types.ts';
import type { Advice, Evidence } from './advice-types.ts';
import { findingFor } from './findings.ts';

/** A rule beside what was counted of it. */
export type MeasuredRule = { readonly rule: Rule; readonly performance: RulePerformance };

/** A lift is tested where it compares at random, and is of the version that is in force. */
const testedP = ({ rule, performance }: MeasuredRule): number | undefined => {
  const { lift, comparison, version } = performance;
  const counts = rule.body.enabled && version === rule.version && comparison === 'held out';
  return counts ? lift?.pValue : undefined;
};

const evidenceOf = (measured: readonly MeasuredRule[]): Evidence[] => {
  const pValues = measured.map(testedP);
  const tested = pValues.filter((p) => p !== undefined);
  const adjusted = benjaminiHochberg(tested);
  let next = 0;
  return measured.map(({ performance }, place) => ({
    ...performance,
    adjustedPValue: pValues[place] === undefined ? null : adjusted[next++]!,
    tested: tested.length,
  }));
};

/**
 * What is to become of every rule: keep, raise, lower or disable, with the evidence. Only a randomised comparison (a
 * holdout) raises, lowers or disables for its effect, at a false discovery rate of 5 % over all rules that were tested; besides, a rule that
 * acted on nobody in the whole period is disabled.
 */
export const adviseRules = (measured: readonly MeasuredRule[]): Advice[] => {
  const priorities = new Map(measured.map(({ rule }) => [rule.id, rule.body.priority]));
  const evidence = evidenceOf(measured);
  return measured.map(({ rule }, place) => ({
    ruleId: rule.id,
    name: rule.body.name,
    version: rule.version,
    ...findingFor({ rule, evidence: evidence[place]!, priorities }),
    evidence: evidence[place]!,
  }));
};
