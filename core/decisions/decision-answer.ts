import { reasonsBySlot } from '../config/reasons-by-slot.ts';
import type { Config, ValueReason } from '../config/types.ts';
import type { Assignment } from '../experiments/types.ts';
import type { RuleExplanation } from '../rules/types.ts';
import type { Following } from './followed-by.ts';

/** An element that was shown, in the order shown. */
export type ShownCandidate = {
  readonly recommendationId: string;
  readonly itemId: string;
  /** Absent where the catalogue holds the item no longer. */
  readonly title?: string;
  readonly score: number;
  /** Parts of the score by source; empty where they were not kept. */
  readonly parts: Readonly<Record<string, number>>;
  readonly reason: string;
};

/** A source of candidates, what it goes by, and how many of the shown elements it spoke for. */
export type CandidateSource = {
  readonly source: string;
  readonly meaning: string;
  readonly elements: number;
};

/** What was found of a user's work, as far as the trace holds it. */
export type FoundWorkflow = {
  readonly actions: number;
  readonly sequences: readonly { readonly sequence: readonly string[]; readonly support: number }[];
  readonly nextSteps: readonly { readonly action: string; readonly probability: number }[];
  readonly bestHours: readonly { readonly hour: number; readonly score: number }[];
  readonly shortcuts: readonly { readonly from: string; readonly to: string; readonly support: number }[];
};

/** Texts of a dashboard, of insights or suggestions: who wrote them, why, and from which facts. */
export type ShownInsights = {
  readonly domain: string;
  readonly writtenBy: 'model' | 'rules';
  readonly reason: string;
  /** Equal facts have the same. */
  readonly factsHash: string;
  /** `name`: the template, or the beginning of what a model wrote. */
  readonly texts: readonly {
    readonly section: string;
    readonly name: string;
    readonly facts: readonly string[];
  }[];
  readonly actions: readonly { readonly action: string; readonly probability: number }[];
};

/** A homepage: its hero and how many of the elements stand in each section, in the order of the candidates. */
export type ShownHomepage = {
  readonly domain: string;
  readonly hero: { readonly id: string; readonly reason: string; readonly confidence: number };
  readonly sections: readonly { readonly section: string; readonly elements: number }[];
};

/** Parameters of a generation, with what they were expected to bring and what they go by. */
export type ChosenGeneration = {
  readonly domain: string;
  readonly generationId: string;
  readonly purpose?: string;
  /** `reason` is empty where the trace had no room for it. */
  readonly parameters: readonly {
    readonly name: string;
    readonly value: string | number | boolean;
    readonly from: string;
    readonly expected: number;
    readonly confidence: number;
    readonly reason: string;
  }[];
};

/** What a learning path was planned from, and the modules that were left, in their order. */
export type PlannedPath = {
  /** Without the sealed user. */
  readonly pathId: string;
  readonly topic: string;
  readonly level: string;
  readonly version: number;
  readonly style?: string;
  /** What durations were multiplied with. */
  readonly pace: number;
  readonly mastery: { readonly mastery: number; readonly confidence: number; readonly results: number };
  /** Terms of the difficulty. */
  readonly terms: { readonly performance: number; readonly time: number; readonly engagement: number };
  readonly signal: string;
  readonly modules: readonly {
    readonly id: string;
    readonly status: string;
    readonly difficulty: number;
    readonly estimatedMinutes: number;
  }[];
  /** The title of the path that was proposed to follow. */
  readonly next?: string;
};

/** What an explanation tells, of each kind what there is. */
export type Explanation = {
  readonly kind:
    | 'config'
    | 'recommendations'
    | 'workflow'
    | 'assignment'
    | 'insights'
    | 'homepage'
    | 'generation'
    | 'path';
  readonly context: string;
  readonly source: 'computed' | 'precomputed' | 'cache' | 'fallback';
  readonly segments: readonly { readonly name: string; readonly confidence: number }[];
  /** Every rule, matched or not. */
  readonly rules: readonly RuleExplanation[];
  /** Every running experiment, also those in which the user was not; of an assignment, its own. */
  readonly experiments: readonly Pick<Assignment, 'key' | 'variant' | 'inExperiment' | 'reason'>[];
  /** What the reader must know of the explanation itself: what was not kept, what has changed since. */
  readonly notes: readonly string[];
  readonly device?: string;
  readonly locale?: string;
  readonly timezone?: string;
  readonly ruleSetVersion?: number;
  readonly experimentSetVersion?: number;
  readonly config?: Config;
  readonly reasons?: readonly ValueReason[];
  /** Of a config or an assignment: whether the same function on what was kept gives what the user got. */
  readonly reproduced?: boolean;
  readonly rung?: string;
  readonly model?: number;
  /** How many elements were shown. */
  readonly shown?: number;
  readonly candidates?: readonly ShownCandidate[];
  readonly sources?: readonly CandidateSource[];
  readonly workflow?: FoundWorkflow;
  readonly insights?: ShownInsights;
  readonly generation?: ChosenGeneration;
  readonly path?: PlannedPath;
  readonly homepage?: ShownHomepage;
};

/** A decision and why it was so. */
export type ExplainedDecision = Explanation & {
  /** The whole id. */
  readonly decisionId: string;
  readonly userId: string;
  /** ms since the epoch */
  readonly decidedAt: number;
  /** What the user did that names this decision. */
  readonly followedBy: readonly Following[];
};

/** In the words of the contract: reasons by slot, times in ISO 8601. */
export const decisionBody = ({ reasons, decidedAt, followedBy, ...explained }: ExplainedDecision) => ({
  ...explained,
  decidedAt: new Date(decidedAt).toISOString(),
  followedBy: followedBy.map((following) => ({
    ...following,
    occurredAt: new Date(following.occurredAt).toISOString(),
  })),
  ...(reasons && { reasons: reasonsBySlot(reasons) }),
});
