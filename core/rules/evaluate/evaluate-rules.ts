import type { AppliedRule, HeldOutRule, RuleAsk, RuleData } from '../types.ts';
import type { CompiledRule, CompiledRuleSet } from './compiled.ts';
import { verdictInContext } from './verdict-of.ts';

export type EvaluatedRules = {
  /** By precedence, the highest first. */
  readonly applied: readonly AppliedRule[];
  readonly heldOut: readonly HeldOutRule[];
};

/** A rule that acts, with what it saw. */
export const appliedRule = ({ rule, assignments, condition }: CompiledRule, data: RuleData): AppliedRule => ({
  ruleId: rule.id,
  name: rule.body.name,
  priority: rule.body.priority,
  version: rule.version,
  reason: condition.metBy(data),
  assignments,
});

/** The rules that act for a user in a context, and those that would but for their holdout. Pure. */
export const evaluateRules = (set: CompiledRuleSet, ask: RuleAsk): EvaluatedRules => {
  const applied: AppliedRule[] = [];
  const heldOut: HeldOutRule[] = [];
  for (const compiled of set.byContext.get(ask.context) ?? set.elsewhere) {
    const verdict = verdictInContext(compiled, ask);
    if (verdict === 'applied') applied.push(appliedRule(compiled, ask.data));
    else if (verdict === 'held out') {
      heldOut.push({ ruleId: compiled.rule.id, version: compiled.rule.version });
    }
  }
  return { applied, heldOut };
};
