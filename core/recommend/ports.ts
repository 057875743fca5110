import type { HybridWeights, ItemNeighbours, RankedItem } from '../learn/types.ts';
import type { UserModels } from '../learn/users/types.ts';

/** A recommendation list made by the night for one user. */
export type Precomputed<Entry = unknown> = {
  readonly modelVersion: number;
  /** The behaviour it was computed from: it is stale when the user's journal has moved on. */
  readonly behaviourSeq: number;
  /** ms since the epoch */
  readonly computedAt: number;
  readonly entries: readonly Entry[];
};

export type PrecomputedStore = {
  put(userId: string, list: Precomputed): Promise<void>;
  putMany(rows: Iterable<{ userId: string; list: Precomputed }>): Promise<number>;
  /** The list, and the homepage that was kept. */
  remove(userId: string): Promise<void>;
};

export type ModelInService = {
  /** Model number, rising by one with each promotion. */
  readonly version: number;
  /** Where its neighbours are: `version % 3`. */
  readonly slot: number;
  readonly weights: HybridWeights;
  /** ms since the epoch */
  readonly trainedAt: number;
  readonly counts: { readonly users: number; readonly items: number; readonly interactions: number };
  /** Anything else that is worth keeping: evaluation, reasons of the promotion. */
  readonly notes?: Readonly<Record<string, unknown>>;
};

export type Ranking = { readonly generatedAt: number; readonly items: readonly RankedItem[] };

export type ModelStore = {
  putNeighbours(
    rows: Iterable<{ itemId: string; neighbours: ItemNeighbours }>,
    model: { version: number },
  ): Promise<number>;
  /** One BatchGet per 100 items, eventually consistent; lists of another model version are left out. */
  getNeighbours(itemIds: readonly string[], model: { version: number }): Promise<Map<string, ItemNeighbours>>;
  putModel(model: ModelInService): Promise<void>;
  getModel(): Promise<ModelInService | undefined>;
  /** `name`: `popular`, `trending`, `segment:<name>`, ... */
  putRanking(name: string, ranking: Ranking): Promise<void>;
  getRanking(name: string): Promise<Ranking | undefined>;
  /** Every ranking, by name, in one Query. */
  allRankings(): Promise<Map<string, Ranking>>;
  putUserModels(models: UserModels): Promise<void>;
  /** What is learned of users, undefined before the first training: one item. */
  getUserModels(): Promise<UserModels | undefined>;
};
