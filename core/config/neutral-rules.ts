import { readsOf } from '../rules/conditions/reads-of.ts';
import type { CompiledRule, CompiledRuleSet } from '../rules/evaluate/compiled.ts';
import { isNeutralPath } from './rule-data.ts';

const isNeutral = ({ rule: { body } }: CompiledRule): boolean =>
  body.experimentKey === undefined && readsOf(body.condition).every(isNeutralPath);

/** A set is asked again and again until it changes. */
const known = new WeakMap<CompiledRuleSet, CompiledRuleSet>();

const neutralOf = (set: CompiledRuleSet): CompiledRuleSet => ({
  ...set,
  rules: set.rules.filter(isNeutral),
  byContext: new Map([...set.byContext].map(([context, rules]) => [context, rules.filter(isNeutral)])),
  elsewhere: set.elsewhere.filter(isNeutral),
});

/**
 * The rules that may act for somebody who does not allow personalisation: they ask about the request alone (context,
 * device, locale, time) and belong to no experiment.
 */
export const neutralRules = (set: CompiledRuleSet): CompiledRuleSet => {
  const neutral = known.get(set) ?? neutralOf(set);
  known.set(set, neutral);
  return neutral;
};
