import type { Dataset } from '../data/dataset.ts';
import type { Model, Scorer } from './model.ts';

export type PopularParams = Record<never, never>;

/** The number of users who chose an item, the same for everybody: what every other model must beat. */
export const popularModel: Model<PopularParams> = {
  name: 'popular',
  description: 'the number of users who chose an item, the same for everybody',
  parameters: {},
  defaults: {},
  train: (dataset) => scoreByCounts(interactionsByItem(dataset)),
};

/** The number of interactions of every item. */
export function interactionsByItem({ items, itemStart }: Dataset): Float32Array {
  return Float32Array.from(items, (_, item) => itemStart[item + 1]! - itemStart[item]!);
}

const POPULARITY_NUDGE = 1e-12;

/** What an item's popularity adds to evidence, by its number of interactions: an order among items without any, nothing among others. */
export function popularityNudges(counts: ArrayLike<number>): Float32Array {
  return Float32Array.from(counts, (count) => POPULARITY_NUDGE * count);
}

function scoreByCounts(counts: Float32Array): Scorer {
  return {
    score(histories, out) {
      for (let row = 0; row < histories.length; row++) out.set(counts, row * counts.length);
    },
  };
}
