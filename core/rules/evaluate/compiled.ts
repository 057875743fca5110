import type { ExplainedCondition } from '../explain/explain-condition.ts';
import type { Check, Rule, SlotAssignment } from '../types.ts';
import type { CompiledSchedule } from './schedule.ts';

/** A rule made ready for decisions. */
export type CompiledRule = {
  readonly rule: Rule;
  readonly met: Check;
  /** Undefined: at any time. */
  readonly schedule: CompiledSchedule | undefined;
  readonly assignments: readonly SlotAssignment[];
  /** The condition in words. */
  readonly condition: ExplainedCondition;
};

/** All rules of one version, ready for decisions. */
export type CompiledRuleSet = {
  /** Of the definition set. */
  readonly version: number;
  /** Paths that the enabled rules read, sorted. */
  readonly reads: readonly string[];
  /** By precedence: the higher priority first, of two as high the older. */
  readonly rules: readonly CompiledRule[];
  /** The enabled ones that are asked in a context, for every context that one of them names. */
  readonly byContext: ReadonlyMap<string, readonly CompiledRule[]>;
  /** The enabled ones of all other contexts. */
  readonly elsewhere: readonly CompiledRule[];
};
