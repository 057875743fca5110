import type { AdviceCase } from './advice-types.ts';

/** What priorities lie between, as rules are written. */
const [LOWEST, HIGHEST] = [-1000, 1000];

const prioritiesOf = (
  rules: readonly { readonly ruleId: string }[],
  known: AdviceCase['priorities'],
): number[] => rules.flatMap(({ ruleId }) => known.get(ruleId) ?? []);

/** Just above all rules that set slots of this one; undefined where it is there, or there are none. */
export const raisedPriority = ({ rule, evidence, priorities }: AdviceCase): number | undefined => {
  const others = prioritiesOf(evidence.conflicts.lostTo, priorities);
  const to = Math.min(HIGHEST, Math.max(...others) + 1);
  return others.length > 0 && to > rule.body.priority ? to : undefined;
};

/** Just below all rules of which it set slots; undefined where it is there, or there are none. */
export const loweredPriority = ({ rule, evidence, priorities }: AdviceCase): number | undefined => {
  const others = prioritiesOf(evidence.conflicts.wonOver, priorities);
  const to = Math.max(LOWEST, Math.min(...others) - 1);
  return others.length > 0 && to < rule.body.priority ? to : undefined;
};
