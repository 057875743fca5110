/** Parameters of a generation: text, number, or on and off. */
export type ParameterValue = string | number | boolean;
export type Parameters = Readonly<Record<string, ParameterValue>>;

export type ParameterDefinition = {
  readonly name: string;
  readonly title: string;
  readonly options: readonly ParameterValue[];
  /** Where nothing better is known, by purpose and by device; `default` is for all others. A purpose goes before a device. */
  readonly default: ParameterValue;
  readonly byPurpose?: Readonly<Record<string, ParameterValue>> | undefined;
  readonly byDevice?: Readonly<Record<string, ParameterValue>> | undefined;
  /** Whose name in `preferences` and in what was learned says what the user likes. */
  readonly preference?: string | undefined;
  /**
   * True where the purpose and the device decide what fits (an aspect ratio): a user's outcomes then count only for the purposes and
   * devices that they were got with. Else it is a matter of taste, and they count everywhere.
   */
  readonly perPlace?: boolean | undefined;
};

/** What a product's generator can be told (`domains/<name>/generation.json`). */
export type GenerationSpace = { readonly parameters: readonly ParameterDefinition[] };

/** Where a generation is for, as far as the request says. */
export type GenerationPlace = { readonly purpose?: string | undefined; readonly device?: string | undefined };

/** How a generation ended. `watchedRatio` 0-1, `rating` 1-5. */
export type GenerationOutcome = {
  readonly status: 'completed' | 'failed' | 'cancelled' | 'published' | 'discarded';
  readonly rating?: number | undefined;
  readonly watchedRatio?: number | undefined;
};

/** `[n, sum of rewards, sum of their squares]`, the sums in thousandths. */
export type OutcomeTally = readonly [n: number, sum: number, squares: number];

/** By cell (see `cellsOf`) and by value as JSON. */
export type OutcomeTallies = Readonly<Record<string, Readonly<Record<string, OutcomeTally>>>>;

export type RememberedGeneration = GenerationPlace & {
  readonly id: string;
  /** ms since the epoch */
  readonly at: number;
  readonly parameters: Parameters;
  /** 0-1; absent while no outcome is known, or where it says nothing. */
  readonly reward?: number | undefined;
};

/** What is kept of a user's generations. */
export type GenerationMemory = {
  readonly version: number;
  readonly tallies: OutcomeTallies;
  /** The newest 50, by which an outcome that is told again replaces the one before. */
  readonly generations: readonly RememberedGeneration[];
};

export const noGenerations: GenerationMemory = { version: 0, tallies: {}, generations: [] };

export type GenerationStore = {
  /** `noGenerations` for a user without any. */
  get(userId: string): Promise<GenerationMemory>;
  /** Replaces the memory if it is still at `expectedVersion` (0: there is none). Answers whether it did. */
  put(userId: string, memory: GenerationMemory, expectedVersion: number): Promise<boolean>;
  /** Forgets all of it. */
  remove(userId: string): Promise<void>;
};

/** Outcomes of many users with one value, and what their differences are estimated from; whole numbers, sums in thousandths. */
export type ValueCounts = {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
  readonly users: number;
  /** Sum over users of the square of their sum of rewards by their number of outcomes. */
  readonly between: number;
  /** Sum over users of the square of their number of outcomes. */
  readonly pairs: number;
};

/** By cell and by value as JSON. */
export type LevelCounts = { readonly [cell: string]: { readonly [value: string]: ValueCounts } };

/** Outcomes of everybody and by segment, as the last count found them. */
export type PopulationOutcomes = {
  readonly everybody: LevelCounts;
  readonly segments: { readonly [segment: string]: LevelCounts };
};

export const noOutcomes: PopulationOutcomes = { everybody: {}, segments: {} };

/** What the nightly aggregation leaves of generations. */
export type GenerationReport = PopulationOutcomes & { readonly runId: string; readonly asOf: number };

/** Which knowledge carried a value. */
export type ParameterSource = 'user' | 'segment' | 'everybody' | 'stated' | 'default';

/** A value that was chosen, and why. */
export type ChosenParameter = {
  readonly name: string;
  readonly value: ParameterValue;
  /** Reward that is expected of it, 0-1. */
  readonly expected: number;
  /** 0-1 */
  readonly confidence: number;
  readonly from: ParameterSource;
  readonly reason: string;
};
