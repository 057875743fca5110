import { hash } from '../../experiments/bucketing.ts';
import type { Rule, RuleAsk, RuleVerdict } from '../types.ts';
import type { CompiledRule } from './compiled.ts';

/** Whether the user belongs to the share of the users from whom the rule is held back; always the same ones for a rule. */
const isHeldOut = ({ id, body }: Rule, { holdouts, userId }: RuleAsk): boolean =>
  holdouts && body.holdout !== undefined && (hash(`rule:${id}`, userId, 2) ?? 1) < body.holdout;

/** A rule under an experiment acts for the arms that are not the control, while the experiment runs. */
const isOfArm = ({ body }: Rule, { arms }: RuleAsk): boolean => {
  if (body.experimentKey === undefined) return true;
  const arm = arms.get(body.experimentKey);
  return arm !== undefined && !arm.isControl;
};

/** What becomes of an enabled rule in a context in which it is asked. */
export const verdictInContext = (compiled: CompiledRule, ask: RuleAsk): RuleVerdict => {
  const { rule, schedule, met } = compiled;
  if (schedule !== undefined && !schedule.holds(ask)) return 'not scheduled now';
  if (!isOfArm(rule, ask)) return 'experiment arm';
  const isMet = met(ask.data);
  if (isMet !== true) return isMet === false ? 'condition not met' : 'condition failed';
  return isHeldOut(rule, ask) ? 'held out' : 'applied';
};

/** What becomes of any rule. */
export const verdictOf = (compiled: CompiledRule, ask: RuleAsk): RuleVerdict => {
  const { enabled, contexts } = compiled.rule.body;
  if (!enabled) return 'disabled';
  if (contexts.length > 0 && !contexts.includes(ask.context)) return 'other context';
  return verdictInContext(compiled, ask);
};
