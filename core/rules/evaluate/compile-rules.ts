import type { DefinitionSet } from '../../definitions/types.ts';
import { slotAssignments } from '../apply/slot-assignments.ts';
import { readsOf } from '../conditions/reads-of.ts';
import { explainedCondition } from '../explain/explain-condition.ts';
import type { ConditionEngine, Rule, RuleBody } from '../types.ts';
import type { CompiledRule, CompiledRuleSet } from './compiled.ts';
import { byPrecedence, positionOf } from './precedence.ts';
import { compiledSchedule } from './schedule.ts';

/** Makes one rule ready; its condition and its actions have been checked. */
export const compileRule = (rule: Rule, engine: ConditionEngine): CompiledRule => {
  const { condition, schedule, actions } = rule.body;
  return {
    rule,
    met: engine.compile(condition),
    schedule: compiledSchedule(schedule),
    assignments: slotAssignments(actions),
    condition: explainedCondition(condition, engine),
  };
};

const isAskedIn =
  (context: string | undefined) =>
  ({ rule: { body } }: CompiledRule): boolean =>
    body.contexts.length === 0 || (context !== undefined && body.contexts.includes(context));

const readsOfAll = (rules: readonly CompiledRule[]): string[] =>
  [...new Set(rules.flatMap(({ rule }) => readsOf(rule.body.condition)))].sort();

/** Makes a set of rules ready for decisions: once for each version. */
export const compileRules = (set: DefinitionSet<RuleBody>, engine: ConditionEngine): CompiledRuleSet => {
  const rules = set.defined
    .toSorted((a, b) => byPrecedence(positionOf(a), positionOf(b)))
    .map((rule) => compileRule(rule, engine));
  const enabled = rules.filter(({ rule }) => rule.body.enabled);
  const contexts = new Set(enabled.flatMap(({ rule }) => rule.body.contexts));
  return {
    version: set.version,
    reads: readsOfAll(enabled),
    rules,
    byContext: new Map([...contexts].map((context) => [context, enabled.filter(isAskedIn(context))])),
    elsewhere: enabled.filter(isAskedIn(undefined)),
  };
};
