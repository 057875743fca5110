import type { ConfigPatch } from '../config/types.ts';
import type { Defined } from '../definitions/types.ts';

/** JSON as conditions are written in: JsonLogic (https://jsonlogic.com). */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What an administrator writes. */
export type RuleBody = {
  readonly name: string;
  readonly description?: string;
  readonly enabled: boolean;
  /** The higher wins where two rules set the same slot; of two as high the older. */
  readonly priority: number;
  /** Contexts in which it is asked; empty: in every one. */
  readonly contexts: readonly string[];
  readonly condition: Json;
  readonly actions: ConfigPatch;
  /** ISO 8601; without an offset it is the time on the user's clock. */
  readonly schedule?: { readonly from?: string; readonly to?: string };
  /** The experiment that tests this rule: only users of an arm other than the control get it, while it runs. */
  readonly experimentKey?: string;
  /** Share of the users who match and do not get it, so that its effect can be measured: 0-1. */
  readonly holdout?: number;
};

export type Rule = Defined<RuleBody>;

/**
 * What conditions see, by dotted path: `user` (profile fields), `segments` (names), `confidence` (by segment), `session`
 * (`count`, `minutes`), `features.<name>.count`, `device`, `locale`, `context`, `now` (`hour`, `weekday` 1 Monday to 7 Sunday, `iso`),
 * `experiments.<key>` (the arm).
 */
export type RuleData = { readonly [root: string]: unknown };

/**
 * A compiled condition: whether data meet it, by JsonLogic's truthiness; undefined where it cannot be computed on them (a sum
 * with a word in it). Throws for nothing that data may hold.
 */
export type Check = (data: RuleData) => boolean | undefined;

/** The JsonLogic engine: outside of core, which knows no packages. */
export type ConditionEngine = {
  /** Compiles a condition that was checked (`conditionFaults`). */
  compile(condition: Json): Check;
};

/** Why a rule did or did not act. Only `applied` changes the config. */
export type RuleVerdict =
  | 'applied'
  | 'held out'
  | 'condition not met'
  | 'disabled'
  | 'other context'
  | 'not scheduled now'
  | 'experiment arm'
  | 'condition failed';

/** What a decision is asked with, besides the facts. */
export type RuleAsk = {
  readonly userId: string;
  readonly context: string;
  /** ms since the epoch */
  readonly now: number;
  /** IANA name */
  readonly timezone: string;
  /** What conditions see; only the paths that the set reads need be there. */
  readonly data: RuleData;
  /** The user's arm by experiment key, of running experiments only; `isControl` for the first arm. */
  readonly arms: ReadonlyMap<string, { readonly variant: string; readonly isControl: boolean }>;
  /** Whether rules may hold users out; off where the switch for experiments is off. */
  readonly holdouts: boolean;
};

/** A rule that acts in a decision. */
export type AppliedRule = {
  readonly ruleId: string;
  readonly name: string;
  readonly priority: number;
  readonly version: number;
  /** Why it matched, in words, with what it saw. */
  readonly reason: string;
  /** What it sets, prepared. Not for answers. */
  readonly assignments: readonly SlotAssignment[];
};

/** A rule whose condition was met and that did not act, so that its effect can be measured. */
export type HeldOutRule = { readonly ruleId: string; readonly version: number };

/** One comparison of a condition, with what it saw. */
export type Clause = {
  /** The variable it looks at, or the first of them; empty where it looks at none. */
  readonly path: string;
  /** Whether it is as the condition needs it; false also where it cannot be computed. */
  readonly passed: boolean;
  /** The variable's value; null where there is none. */
  readonly value: unknown;
  /** What the variable is compared with, where that is a constant. */
  readonly expected?: unknown;
  /** `engagement level at least 4` */
  readonly text: string;
};

/** What became of one rule in a decision. */
export type RuleExplanation = {
  readonly ruleId: string;
  readonly name: string;
  readonly priority: number;
  readonly version: number;
  readonly verdict: RuleVerdict;
  readonly reason: string;
  readonly clauses: readonly Clause[];
};

/** What a patch does to one slot: sets it, removes it, or makes sure that it is an object. */
export type SlotAssignment = {
  /** Dotted, as reasons name it. */
  readonly path: string;
  readonly keys: readonly string[];
  readonly change: 'set' | 'remove' | 'object';
  /** Where it is set. */
  readonly value?: unknown;
};
