import type { GenerationSpace } from '../generation/types.ts';
import type { HomepageDefinition } from '../homepage/types.ts';
import type { FactKind } from '../insights/facts/types.ts';
import type { MatchingDefinition } from '../recommend/match/types.ts';

/**
 * What a field of a fact must be: this word or number, one of these words, or a number in a range (both ends included); `{}`: there,
 * whatever it is.
 */
export type Match =
  | string
  | number
  | readonly string[]
  | { readonly min?: number | undefined; readonly max?: number | undefined };

/** A fact of this kind whose fields match; without `where` any fact of the kind does. */
export type FactPattern = {
  readonly kind: FactKind;
  readonly where?: Readonly<Record<string, Match>> | undefined;
};

export type Priority = 'high' | 'medium' | 'low';
export type MarketKind = 'opportunity' | 'trend' | 'tip' | 'warning';

/** An interaction by which something shows to be done: all that is named must be so. */
export type DoneBy = {
  readonly type?: string | undefined;
  readonly feature?: string | undefined;
  readonly contentType?: string | undefined;
};

/** Something that a user of the product can do next. */
export type ActionDefinition = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** What the application opens or runs: a route or a command of its own. */
  readonly target: string;
  /** Worth of its being done once, 1-100, beside the other actions of the domain. */
  readonly value: number;
  readonly doneBy: DoneBy;
  /** Facts that must all be there for it to be offered. */
  readonly when?: readonly FactPattern[] | undefined;
  /** Facts of which none may be there. */
  readonly unless?: readonly FactPattern[] | undefined;
  /** Metrics of goals that it moves. */
  readonly serves?: readonly string[] | undefined;
  /** Not offered again so long after an offer ended (done, dismissed, or out of its window), nor so long after it was done without one. */
  readonly cooldownHours: number;
  /** At most `times` offers within `days`. */
  readonly cap: { readonly times: number; readonly days: number };
  /** How long one offer stands. */
  readonly validHours: number;
  /** Date (ISO) after which it is never offered. */
  readonly until?: string | undefined;
};

export const TEXT_SECTIONS = [
  'priorityActions',
  'marketInsights',
  'behaviour',
  'predictions',
  'advice',
  'suggestions',
] as const;

/** Where a text is shown: on the dashboard, among insights, or as a suggestion. */
export type TextSection = (typeof TEXT_SECTIONS)[number];

/**
 * A text for those about whom certain facts are known. `title` and `body` hold `{alias.field}`, which is replaced by the field of the
 * fact that goes by this alias.
 */
export type TextTemplate = {
  readonly id: string;
  readonly section: TextSection;
  /** Facts by alias; all must be found. Empty: a text for everybody. */
  readonly facts: Readonly<Record<string, FactPattern>>;
  /** Facts of which none may be there. */
  readonly unless?: readonly FactPattern[] | undefined;
  /** Pages on which a suggestion is to the point; absent: everywhere. */
  readonly pages?: readonly string[] | undefined;
  readonly title: string;
  readonly body: string;
  /** Of market insights only. */
  readonly kind?: MarketKind | undefined;
  /** Id of an action of the domain. */
  readonly action?: string | undefined;
  readonly priority: Priority;
};

/** Something that a user earns. `metric` as in goals (core/goals/read-metric.ts), or one of the engine's own. */
export type AchievementDefinition = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly kind: 'completion' | 'streak' | 'skill' | 'milestone' | 'social';
  readonly metric: string;
  readonly target: number;
  readonly imageUrl?: string | undefined;
};

/** A kind of content of the product: `one` and `many` are its names in sentences. */
export type ContentTypeDefinition = { readonly type: string; readonly one: string; readonly many: string };

/** What is counted in the product (interaction types and other metrics of goals), in words: "1 listing published". */
export type MetricDefinition = { readonly metric: string; readonly one: string; readonly many: string };

/** A page of the application as it names it in requests, and the actions that lie close to it. */
export type PageDefinition = {
  readonly page: string;
  readonly title: string;
  readonly actions: readonly string[];
};

/** Everything in which one product differs from another, as data. */
export type Domain = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** What the product calls somebody who uses it: "agent", "learner". */
  readonly audience: string;
  readonly contentTypes: readonly ContentTypeDefinition[];
  readonly metrics: readonly MetricDefinition[];
  readonly pages: readonly PageDefinition[];
  readonly actions: readonly ActionDefinition[];
  readonly texts: readonly TextTemplate[];
  /** What a model is told before it writes, beyond what holds for every domain. */
  readonly prompts: { readonly insights: string; readonly suggestions: string };
  readonly achievements: readonly AchievementDefinition[];
  /** What the product's generator can be told; absent where it generates nothing. */
  readonly generation?: GenerationSpace | undefined;
  /** Products without one get a page made of their title and their contents (core/homepage/default-homepage.ts). */
  readonly homepage?: HomepageDefinition | undefined;
  /** How contents are matched with answers of the questionnaire; absent: as core/recommend/match/default-matching.ts says. */
  readonly matching?: MatchingDefinition | undefined;
};
