/** What a rule did to a user who was asked about it. */
export const ARMS = ['applied', 'held out', 'not matched'] as const;
export type RuleArm = (typeof ARMS)[number];

/** What one stored decision did with one rule that was in force there. */
export type RuleOutcome = {
  readonly ruleId: string;
  readonly version: number;
  readonly arm: RuleArm;
  /** Applied rules that come before this one and set a slot which it would have set, too. */
  readonly lostTo: readonly string[];
  /** Applied rules that come after it and would have set a slot of its own. */
  readonly wonOver: readonly string[];
  /** True where those before it set every slot of it: it was applied and changed nothing. */
  readonly silenced: boolean;
};

/** A stored config decision that was run again. */
export type JudgedDecision = {
  /** ms since the epoch */
  readonly decidedAt: number;
  /** Segments of the user at that moment, those of confidence .5 or more. */
  readonly segments: readonly string[];
  /** One per rule that was in force in this context at that time. */
  readonly outcomes: readonly RuleOutcome[];
};

/** One conversion of a user, see `isConversion`. */
export type UserConversion = {
  /** ms since the epoch */
  readonly occurredAt: number;
  /** What it brought, in the application's own unit. */
  readonly value: number;
};

/** Sums over the users of one arm: whole numbers that add up across users and shards; what is absent is 0. */
export type ArmCounts = {
  /** Users, each once: by the first decision of this arm. */
  readonly users?: number;
  /** Users with at least one conversion within the following days. */
  readonly converted?: number;
  /** All their conversions in that time. */
  readonly conversions?: number;
  /** What these brought, in thousandths. */
  readonly value?: number;
  /** Users whose days were not over when they were counted: their conversions may still come. */
  readonly pending?: number;
};

/** Absent: nobody. */
export type ArmTable = { readonly [Arm in RuleArm]?: ArmCounts };

/** One version of a rule. What is absent is 0. */
export type RuleCounts = {
  readonly arms?: ArmTable;
  /** Of the users and those converted alone. */
  readonly segments?: Readonly<Record<string, ArmTable>>;
  /** Applied users for whom another rule ever set a slot of this one, and by whom: users by rule id. */
  readonly lost?: number;
  readonly lostTo?: Readonly<Record<string, number>>;
  /** Applied users for whom this rule ever set a slot of another one, and of which. */
  readonly won?: number;
  readonly wonOver?: Readonly<Record<string, number>>;
  /** Applied users for whom it never changed anything. */
  readonly silenced?: number;
};

/** Counts by rule id, then by version. */
export type RulesCounts = Readonly<Record<string, Readonly<Record<string, RuleCounts>>>>;

/** Decisions and conversions in `from` (included) to `to` (excluded) count. ms since the epoch. */
export type CountingWindow = { readonly from: number; readonly to: number };
