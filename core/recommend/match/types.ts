import type { Vocabulary } from '../../questionnaire/words.ts';

/** What an item is compared by with the answers of the questionnaire. */
export const FACTORS = ['format', 'genres', 'budget', 'timeline', 'materials', 'involvement'] as const;
export type Factor = (typeof FACTORS)[number];

/** Weights of the factors; `genre` is that of one genre, of which three count at most. */
export type MatchWeights = {
  readonly format: number;
  readonly genre: number;
  readonly budget: number;
  readonly timeline: number;
  readonly materials: number;
  readonly involvement: number;
};

/** How a product matches its items with answers (`domains/<name>/matching.json`). */
export type MatchingDefinition = {
  readonly weights: MatchWeights;
  /** `base`: the currency of amounts that name none; `rates`: what one unit of a currency is worth in it. */
  readonly currency: { readonly base: string; readonly rates: Readonly<Record<string, number>> };
  /** Words of the product beside those that the engine knows: names and what means the same. */
  readonly formats?: Vocabulary | undefined;
  readonly genres?: Vocabulary | undefined;
  readonly materials?: Vocabulary | undefined;
};

/** How well an item fits in one respect. */
export type FactorMatch = {
  readonly factor: Factor;
  /** 0-1 */
  readonly value: number;
  /** Of this factor for this user: that of genres grows with how many the answers name. */
  readonly weight: number;
  /** What carried it, in words; absent where it did not carry. */
  readonly words?: string;
};

export type Match = {
  readonly itemId: string;
  /** 0-1: the weighted mean of the factors that could be judged. */
  readonly score: number;
  /** 0-1: see `matchConfidence`. */
  readonly confidence: number;
  /** Share of the weight that the answers could judge, and the item could too. */
  readonly coverage: number;
  /** Those that could be judged. */
  readonly factors: readonly FactorMatch[];
  /** In words from the factors that carried; absent where none did. */
  readonly reason?: string;
};
