import type { CompiledRule, CompiledRuleSet } from '../evaluate/compiled.ts';
import { verdictOf } from '../evaluate/verdict-of.ts';
import type { RuleAsk, RuleExplanation, RuleVerdict } from '../types.ts';

const scheduleText = ({ rule }: CompiledRule): string => {
  const { from, to } = rule.body.schedule ?? {};
  const [start, end] = [from && `from ${from}`, to && `until ${to}`];
  return `acts ${[start, end].filter(Boolean).join(' ')}`;
};

const armText = ({ rule }: CompiledRule, { arms }: RuleAsk): string => {
  const key = rule.body.experimentKey ?? '';
  const arm = arms.get(key);
  if (arm === undefined) return `the user takes no part in experiment ${key}`;
  return `the user is in the control of experiment ${key}, arm ${arm.variant}`;
};

const percent = (share: number): string => `${Math.round(1_000 * share) / 10} %`;

type Because = (compiled: CompiledRule, ask: RuleAsk) => string;

const BECAUSE: Readonly<Record<RuleVerdict, Because>> = {
  applied: ({ condition }, { data }) => condition.metBy(data),
  'held out': ({ rule, condition }, { data }) =>
    `${condition.metBy(data)}; among the ${percent(rule.body.holdout ?? 0)} of users who match and do not get it`,
  'condition not met': ({ condition }, { data }) => condition.failedBy(data),
  'condition failed': ({ condition }, { data }) =>
    `cannot be computed on what is known: ${condition.failedBy(data)}`,
  disabled: () => 'disabled',
  'other context': ({ rule }) => `acts in ${rule.body.contexts.join(', ')} only`,
  'not scheduled now': scheduleText,
  'experiment arm': armText,
};

/** What became of one rule and why. */
export const explainRule = (compiled: CompiledRule, ask: RuleAsk): RuleExplanation => {
  const { rule, condition } = compiled;
  const verdict = verdictOf(compiled, ask);
  return {
    ruleId: rule.id,
    name: rule.body.name,
    priority: rule.body.priority,
    version: rule.version,
    verdict,
    reason: BECAUSE[verdict](compiled, ask),
    clauses: condition.clausesOf(ask.data),
  };
};

/** What became of every rule of a set, matched or not, by precedence. */
export const explainRules = (set: CompiledRuleSet, ask: RuleAsk): RuleExplanation[] =>
  set.rules.map((compiled) => explainRule(compiled, ask));
