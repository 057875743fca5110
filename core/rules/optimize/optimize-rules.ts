import { changeDefinition } from '../../definitions/change-definitions.ts';
import { DomainError } from '../../errors.ts';
import { type RulePorts, ruleKind } from '../manage/manage-rules.ts';
import { countedRule, type PerformancePorts } from '../performance/read-performance.ts';
import { rulePerformance } from '../performance/rule-performance.ts';
import type { RuleBody } from '../types.ts';
import { adviseRules } from './advice.ts';
import type { Advice, AdviceAction, Finding } from './advice-types.ts';

export type OptimizePorts = RulePorts & PerformancePorts;

export type OptimizeAsk = {
  /** False: nothing is changed. */
  readonly apply: boolean;
  /** `sub` of the caller. */
  readonly sub: string;
  /** ms since the epoch */
  readonly now: number;
};

/** A rule that was changed; a rollback to `fromVersion` undoes it. */
export type AppliedAdvice = {
  readonly ruleId: string;
  readonly action: AdviceAction;
  readonly fromVersion: number;
  readonly toVersion: number;
};

/** A rule that was to be changed and was not. */
export type SkippedAdvice = {
  readonly ruleId: string;
  readonly action: AdviceAction;
  readonly reason: string;
};

export type Optimization = {
  readonly advice: readonly Advice[];
  readonly applied: readonly AppliedAdvice[];
  readonly skipped: readonly SkippedAdvice[];
  /** ms since the epoch; null before the first count. */
  readonly asOf: number | null;
};

const changed = (body: RuleBody, { action, priority }: Finding): RuleBody => {
  if (action === 'disable') return { ...body, enabled: false };
  return priority ? { ...body, priority: priority.to } : body;
};

/** Changed or deleted meanwhile, or not allowed any more as it stands. */
const LEFT_ALONE: ReadonlySet<DomainError['kind']> = new Set(['conflict', 'not-found', 'validation']);

/** Made only to the version that the advice is about. */
const apply = async (
  ports: OptimizePorts,
  { ruleId, version, ...finding }: Advice,
  { sub, now }: OptimizeAsk,
): Promise<AppliedAdvice | SkippedAdvice> => {
  const { action } = finding;
  const by = { sub, now, reason: `optimize: ${action}. ${finding.reason}` };
  const change = { id: ruleId, version, body: (body: RuleBody) => changed(body, finding) };
  try {
    const { version: toVersion } = await changeDefinition(ruleKind(ports), change, by);
    return { ruleId, action, fromVersion: version, toVersion };
  } catch (error) {
    if (!(error instanceof DomainError) || !LEFT_ALONE.has(error.kind)) throw error;
    return { ruleId, action, reason: `Left as it is: ${error.message}` };
  }
};

const applyAll = async (ports: OptimizePorts, advice: readonly Advice[], ask: OptimizeAsk) => {
  const done: (AppliedAdvice | SkippedAdvice)[] = [];
  // One after the other: all changes of rules go into one log, where they would only get in each other's way.
  for (const one of advice) if (one.action !== 'keep') done.push(await apply(ports, one, ask));
  return {
    applied: done.filter((one): one is AppliedAdvice => 'toVersion' in one),
    skipped: done.filter((one): one is SkippedAdvice => 'reason' in one),
  };
};

/**
 * Advice for every rule in force from the last daily count, those that win first; changed only where that is asked for. Every change
 * is a new version with its reason, made by the caller, and can be rolled back. A repeat changes nothing: the new versions
 * have to be counted first.
 */
export const optimizeRules = async (ports: OptimizePorts, ask: OptimizeAsk): Promise<Optimization> => {
  const [set, report] = await Promise.all([ports.rules.load(), ports.analytics.get('rules')]);
  const measured = [...set.defined]
    .sort((a, b) => b.body.priority - a.body.priority || a.createdAt - b.createdAt)
    .map((rule) => ({ rule, performance: rulePerformance(rule, countedRule(report, rule.id), ask.now) }));
  const advice = adviseRules(measured);
  const done = ask.apply ? await applyAll(ports, advice, ask) : { applied: [], skipped: [] };
  return { advice, ...done, asOf: report?.asOf ?? null };
};
