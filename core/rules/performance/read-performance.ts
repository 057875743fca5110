import type { AnalyticsStore } from '../../analytics/ports.ts';
import type { RulesReport } from '../../analytics/types.ts';
import { getRule, type RulePorts } from '../manage/manage-rules.ts';
import { type CountedRule, type RulePerformance, rulePerformance } from './rule-performance.ts';

export type PerformancePorts = Pick<RulePorts, 'rules'> & { readonly analytics: Pick<AnalyticsStore, 'get'> };

/** What the last count found of one rule. */
export const countedRule = (report: RulesReport | undefined, ruleId: string): CountedRule => ({
  asOf: report?.asOf ?? null,
  versions: report && Object.hasOwn(report.rules, ruleId) ? report.rules[ruleId]! : {},
});

/**
 * What a rule did, from the last daily count.
 * @param now ms since the epoch
 * @throws NotFound where the rule is not in force
 */
export const readPerformance = async (
  ports: PerformancePorts,
  ruleId: string,
  now: number,
): Promise<RulePerformance> => {
  const [rule, report] = await Promise.all([getRule(ports, ruleId), ports.analytics.get('rules')]);
  return rulePerformance(rule, countedRule(report, ruleId), now);
};
