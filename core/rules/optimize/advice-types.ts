import type { RulePerformance } from '../performance/rule-performance.ts';
import type { Rule } from '../types.ts';

export const ADVICE_ACTIONS = ['keep', 'raise', 'lower', 'disable'] as const;
export type AdviceAction = (typeof ADVICE_ACTIONS)[number];

/** A rule's figures, judged beside those of the others. */
export type Evidence = RulePerformance & {
  /** The p-value, adjusted for all rules that were tested; null where this one was not. */
  readonly adjustedPValue: number | null;
  /** Rules that were tested. */
  readonly tested: number;
};

export type Finding = {
  readonly action: AdviceAction;
  /** Where the priority is to change. */
  readonly priority?: { readonly from: number; readonly to: number };
  /** In a sentence, with its figures. */
  readonly reason: string;
};

export type Advice = Finding & {
  readonly ruleId: string;
  readonly name: string;
  /** The version that the advice is about; a later one is not changed by it. */
  readonly version: number;
  readonly evidence: Evidence;
};

/** One rule as it is judged; `priorities` are the present ones of all rules, by id. */
export type AdviceCase = {
  readonly rule: Rule;
  readonly evidence: Evidence;
  readonly priorities: ReadonlyMap<string, number>;
};
