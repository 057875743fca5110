import type { CatalogFilter, CatalogItem } from '../catalog/types.ts';
import type { ContentModel } from '../learn/lists/content-model.ts';
import type { HybridWeights, NeighbourLookup, NeighbourSource, RankedItem } from '../learn/types.ts';

export type HistoryItem = { itemId: string; weight: number; at: number };

/** An open goal, by whose title items are matched; `weight` is 1 on track, more where it falls behind. */
export type GoalSignal = { readonly title: string; readonly weight: number };

/** Days in a row that end unless something is done today, and what carried them: shares by content type, adding up to 1. */
export type StreakSignal = { readonly days: number; readonly carriedBy: Readonly<Record<string, number>> };

/** Everything about one user that ranking may use. */
export type UserSignals = {
  userId: string;
  /** Newest first, about 24 at most. */
  history: readonly HistoryItem[];
  seen(itemId: string): boolean;
  completed(itemId: string): boolean;
  dismissed(itemId: string): boolean;
  /** Terms in the user's own words: interests, market focus, questionnaire. */
  interests: readonly string[];
  /** Those of them that are sentences of the questionnaire, which no reason quotes; absent where there are none. */
  sentences?: ReadonlySet<string>;
  /** Open goals, most urgent first; absent where there are none. */
  goals?: readonly GoalSignal[];
  /** Only where today has nothing yet and two days before it had. */
  streak?: StreakSignal;
  /** -1 (avoids) to 1 (prefers) by content type. */
  contentTypeAffinity: Readonly<Record<string, number>>;
  segment?: string;
  /** False after an opt-out: nothing about the user is then read. */
  personalised: boolean;
  interactionCount: number;
};

/** What the store gave for this request. */
export type Sources = {
  catalog: {
    get(itemId: string): CatalogItem | undefined;
    /** Item ids, newest first. */
    newest: readonly string[];
    size: number;
  };
  neighbours: NeighbourLookup;
  popular: readonly RankedItem[];
  trending: readonly RankedItem[];
  segmentFavourites: Readonly<Record<string, readonly RankedItem[]>>;
  /** Called only where words or an untrained item must be matched. */
  contentModel?: () => ContentModel;
  weights: HybridWeights;
};

export type Strategy = 'hybrid' | 'collaborative' | 'content_based' | 'trending' | 'sequential' | 'popular';

export type RecommendRequest = {
  strategy: Strategy;
  /** 1 to 100 */
  limit: number;
  offset: number;
  types?: readonly string[];
  filter?: CatalogFilter;
  exclude: readonly string[];
  includeSeen: boolean;
  /** 0 ranks by relevance alone, 1 by being different alone. */
  diversity: number;
  /** ms since the epoch */
  now: number;
};

/** From the most to the least that is known about the user. */
export type Rung =
  | 'personalised hybrid'
  | 'similar to the last items'
  | 'segment favourites'
  | 'trending'
  | 'popular'
  | 'newest';

export type ScoreSource =
  | NeighbourSource
  | 'interests'
  | 'matching'
  | 'goals'
  | 'streak'
  | 'affinity'
  | 'segment'
  | 'trending'
  | 'popular'
  | 'newest';

export type Recommendation = {
  itemId: string;
  item: CatalogItem;
  /** Relevance 0-1. */
  score: number;
  confidence: number;
  reason: string;
  rung: Rung;
  /** Parts of the score by source; they add up to it. */
  scores: Partial<Record<ScoreSource, number>>;
};

export type RecommendResult = {
  items: Recommendation[];
  /** The rung of the first item, or of the lowest source where the list is empty. */
  rung: Rung;
  /** What would unlock the next better rung, as a sentence; empty on the highest. */
  nextRung: string;
  /** Why the list is empty or not personal; empty otherwise. */
  reason: string;
  /** Candidates that passed every filter, before limit and offset. */
  total: number;
};

/** One answer to "rank this list": `known` is false for ids that the catalogue does not hold. */
export type RankedGiven = {
  itemId: string;
  known: boolean;
  score: number;
  confidence: number;
  reason: string;
  scores: Partial<Record<ScoreSource, number>>;
};
