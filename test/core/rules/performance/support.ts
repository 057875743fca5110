import { conditionEngine } from '../../../../adapters/conditions/condition-engine.ts';
import { compileRules } from '../../../../core/rules/evaluate/compile-rules.ts';
import type { JudgedDecision, RuleArm, RuleOutcome } from '../../../../core/rules/performance/types.ts';
import type { Rule, RuleBody } from '../../../../core/rules/types.ts';
import { defined } from '../../../support/definitions.ts';

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 10, 21, 12);
export const WINDOW = { from: NOW - 30 * DAY, to: NOW };

export const outcome = (arm: RuleArm, change: Partial<RuleOutcome> = {}): RuleOutcome => ({
  ruleId: 'r',
  version: 1,
  arm,
  lostTo: [],
  wonOver: [],
  silenced: false,
  ...change,
});

export const decision = (
  daysAgo: number,
  outcomes: readonly RuleOutcome[],
  segments: readonly string[] = [],
): JudgedDecision => ({ decidedAt: NOW - daysAgo * DAY, segments, outcomes });

export const conversion = (daysAgo: number, value = 0) => ({ occurredAt: NOW - daysAgo * DAY, value });

export const ruleBody = (change: Partial<RuleBody> = {}): RuleBody => ({
  name: 'Rule',
  enabled: true,
  priority: 0,
  contexts: [],
  condition: true,
  actions: { theme: 'dark' },
  ...change,
});

/** In force for longer than what is looked at. */
export const ruleOf = (id: string, change: Partial<RuleBody> = {}, setVersion = 1): Rule =>
  defined(id, ruleBody({ name: id, ...change }), setVersion);

export const compiledSet = (...rules: Rule[]) =>
  compileRules({ version: rules.length, defined: rules }, conditionEngine());
