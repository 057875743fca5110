import type { CatalogItem } from '../catalog/types.ts';

/** One observation of implicit feedback: `weight` is its strength (> 0), `at` is in ms since the epoch (or any order). */
export type TrainingRow = { user: string; item: string; weight: number; at: number };

/**
 * An item with its strength in one list, strongest first. `count` is the number of observations behind it and
 * `growth` the factor by which it rose, where the list knows them: both serve reasons and confidence.
 */
export type RankedItem = { itemId: string; score: number; count?: number; growth?: number };

/** The three lists that serving reads for one item; scores of every list lie in 0-1. */
export type ItemNeighbours = {
  collaborative: RankedItem[];
  sequential: RankedItem[];
  content: RankedItem[];
};

export type NeighbourSource = keyof ItemNeighbours;

/** Lists by item. `Map<string, ItemNeighbours>` is one; the trained model's index is another, built from typed arrays. */
export type NeighbourLookup = { get(itemId: string): ItemNeighbours | undefined };

/** The trained model's lists: `itemIds` names every item that has any, `get` builds its lists on demand. */
export type NeighbourIndex = NeighbourLookup & { readonly itemIds: readonly string[] };

/** How the sources are mixed at serving time; chosen on a validation split by `trainModel`. */
export type HybridWeights = {
  collaborative: number;
  sequential: number;
  content: number;
  /** Weight of the item's popularity (0-1), which breaks ties between items of equal evidence. */
  popular: number;
  /** Weight of the match with the user's stated interests (0-1). */
  interests: number;
  /** Weight of history item number k (0 is the newest) is `positionDecay ** k`. */
  positionDecay: number;
  /** A mixed score of this size is shown as relevance 0.5; see `relevance` in core/recommend. */
  halfScore: number;
};

export type TrainingParams = {
  /** Entries kept per item and list. */
  collaborativeNeighbours: number;
  sequentialNeighbours: number;
  contentNeighbours: number;
  /** Added to the denominator of a similarity, in units of co-occurrence weight: rare pairs count for less. */
  shrinkage: number;
  /** 0.5 is the cosine; above, popular items are penalised as neighbours. */
  popularityExponent: number;
  /** A user of n items contributes `n ** -userExponent` to each pair. */
  userExponent: number;
  /** Half-life of an interaction's influence on the popular list, in days; 0 means none. */
  halfLifeDays: number;
  /** Only this many latest items of a user form pairs, which bounds the work per user. */
  maxItemsPerUser: number;
  /** Transitions look at most this many steps ahead, each step counting `stepDecay` times the one before. */
  window: number;
  stepDecay: number;
  /** Share of a transition's weight that the reverse direction also gets (0 = strictly directed). */
  reverseShare: number;
  transitionShrinkage: number;
  transitionPopularityExponent: number;
};

/** HR@10 and NDCG@10 against one held-back item per user, ranking the whole catalogue without the user's other items. */
export type RankingQuality = { hitRate10: number; ndcg10: number };

export type Evaluation = { users: number; hybrid: RankingQuality; popularity: RankingQuality };

export type TrainingPhase =
  | 'dataset'
  | 'popular'
  | 'collaborative'
  | 'sequential'
  | 'content'
  | 'segments'
  | 'validation'
  | 'done';

export type TrainingProgress = { phase: TrainingPhase; done: number; total: number };

export type TrainingInput = {
  rows: Iterable<TrainingRow>;
  catalog: readonly CatalogItem[];
  /** The segment of a user, undefined where there is none. */
  segmentOf?: (user: string) => string | undefined;
  /** ms since the epoch, on the same clock as the rows. */
  now: number;
  params?: Partial<TrainingParams>;
  onProgress?: (progress: TrainingProgress) => void;
};

export type TrainedModel = {
  trainedAt: number;
  /** Which kind of lists `collaborative` are. */
  collaborativeFrom: string;
  counts: { users: number; items: number; interactions: number };
  params: TrainingParams;
  popular: RankedItem[];
  segmentFavourites: Record<string, RankedItem[]>;
  neighbours: NeighbourIndex;
  hybridWeights: HybridWeights;
  /** Whether the weights were chosen on validation users or are the defaults, because there were too few. */
  weightsFrom: 'validation' | 'defaults';
  /** Absent where too few users could be held back. */
  evaluation?: Evaluation;
};
