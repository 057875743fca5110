import type { Assignment } from '../experiments/types.ts';
import type { AppliedRule, HeldOutRule } from '../rules/types.ts';
import type { Segment } from '../segments/segments-of.ts';
import type { DecidedConfig } from './decide-from-inputs.ts';
import { reasonsBySlot } from './reasons-by-slot.ts';
import type { Config, ValueReason } from './types.ts';

/** A config with its provenance, as every endpoint that serves configs starts from. */
export type ConfigAnswer = {
  readonly config: Config;
  readonly reasons: readonly ValueReason[];
  readonly appliedRules: readonly Omit<AppliedRule, 'assignments'>[];
  readonly heldOut: readonly HeldOutRule[];
  /** The arms that the user is shown. */
  readonly experiments: readonly {
    readonly key: string;
    readonly variant: string;
    readonly reason: string;
  }[];
  /** Of every running experiment, also those in which the user is not. */
  readonly assignments: readonly Assignment[];
  readonly segments: readonly Segment[];
  readonly decisionId: string;
  /** ms since the epoch */
  readonly generatedAt: number;
  readonly source: 'computed' | 'cache' | 'fallback';
  /** How long the answer may be used without asking again. */
  readonly ttlSeconds: number;
  /** Why the answer is not personal. */
  readonly reason?: string;
};

type Provenance = Pick<ConfigAnswer, 'decisionId' | 'generatedAt' | 'source' | 'ttlSeconds' | 'reason'>;

/** The answer to a decision. */
export const configAnswerOf = (decided: DecidedConfig, provenance: Provenance): ConfigAnswer => ({
  config: decided.config,
  reasons: decided.reasons,
  appliedRules: decided.applied.map(({ assignments: _, ...rule }) => rule),
  heldOut: decided.heldOut,
  experiments: decided.shown.map(({ key, variant, reason }) => ({ key, variant, reason })),
  assignments: decided.assignments,
  segments: decided.segments,
  ...provenance,
});

/** In the words of the contract: reasons by slot, times in ISO 8601. */
export const configBody = ({
  reasons,
  generatedAt,
  heldOut: _,
  assignments: __,
  ...answer
}: ConfigAnswer) => ({
  ...answer,
  reasons: reasonsBySlot(reasons),
  generatedAt: new Date(generatedAt).toISOString(),
});

/**
 * What two answers must have in common to be the same: all but when and how they came about. A decision about nobody has no
 * trace, and an id of its own each time, which says nothing.
 */
export const configContent = (answer: ConfigAnswer): unknown => {
  const { generatedAt: _, source, ttlSeconds: __, decisionId, ...content } = answer;
  return { ...content, decisionId: source === 'fallback' ? '' : decisionId };
};
