import { type ContentParams, contentModel } from '../content.ts';
import { EASE_DEFAULTS, type EaseParams } from '../ease/ease-params.ts';
import { type ItemKnnParams, itemKnnModel } from '../item-knn.ts';
import type { ParameterDoc } from '../model.ts';
import type { NextItemParams } from '../next-item-regression.ts';
import { type SequentialParams, sequentialModel } from '../sequential.ts';

/** What is mixed; `nextItem` and `ease` need a matrix of items by items, `itemKnn` stands in where that is too large. */
export type PartName = 'sequential' | 'nextItem' | 'ease' | 'itemKnn' | 'content' | 'popular';

/** What each part's scores are multiplied by; a part that is not named has no say and is not trained. */
export type PartWeights = { readonly [Name in PartName]?: number };

/** Weights for users of at least so many items, up to the next entry. */
export type MaturityWeights = { leastItems: number; weights: PartWeights };

export type HybridParams = {
  sequential: SequentialParams;
  nextItem: NextItemParams;
  ease: EaseParams;
  itemKnn: ItemKnnParams;
  content: ContentParams;
  /** By rising `leastItems`, the first from 0. */
  weights: MaturityWeights[];
};

export const NEXT_ITEM_DEFAULTS: NextItemParams = {
  regularization: 100,
  lookahead: 1,
  lookaheadDecay: 0.8,
  latest: 20,
  positionDecay: 0.7,
  ageHalfLifeHours: 0,
};

/** Without a validation split: order first, a little of everything else. */
export const HYBRID_DEFAULTS: HybridParams = {
  sequential: sequentialModel.defaults,
  nextItem: NEXT_ITEM_DEFAULTS,
  ease: { ...EASE_DEFAULTS, positionDecay: 0.8 },
  itemKnn: { ...itemKnnModel.defaults, positionDecay: 0.8 },
  content: { ...contentModel.defaults, popularity: 0 },
  weights: [{ leastItems: 0, weights: { sequential: 1, itemKnn: 0.2, content: 0.1, popular: 0.01 } }],
};

export const HYBRID_PARAMETERS: { readonly [Name in keyof HybridParams]: ParameterDoc } = {
  sequential: { meaning: 'parameters of the part that follows the order of items; see sequential' },
  nextItem: {
    meaning: 'parameters of the regression of the next item on the last ones, where the catalogue is small',
  },
  ease: { meaning: 'parameters of ease, where its matrix fits' },
  itemKnn: { meaning: 'parameters of item-knn, which stands in for ease' },
  content: { meaning: 'parameters of content, where items have texts or tags' },
  weights: {
    meaning:
      'for users of at least leastItems items: what the scores of sequential, nextItem, ease, itemKnn, content and popular are multiplied by',
  },
};
