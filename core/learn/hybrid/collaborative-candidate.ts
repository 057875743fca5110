import type { Dataset } from '../data/dataset.ts';
import { itemNeighbours } from '../lists/item-neighbours.ts';
import type { NeighbourLists, Tick } from '../lists/neighbour-lists.ts';
import type { TrainingParams } from '../types.ts';

/** One way to make the collaborative lists; which one serves is chosen on the validation users. */
export type CollaborativeCandidate = {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Lists under the data set's numbers, scores in 0-1. `servable` is 1 where an item may be recommended. */
  lists(dataset: Dataset, options: { servable: Uint8Array; tick?: Tick }): NeighbourLists;
};

/** What two items' users have in common: quick, and never out of memory. */
export function itemKnnCandidate(params: TrainingParams): CollaborativeCandidate {
  const {
    collaborativeNeighbours,
    shrinkage,
    popularityExponent,
    userExponent,
    halfLifeDays,
    maxItemsPerUser,
  } = params;
  return {
    name: 'item-knn',
    parameters: {
      collaborativeNeighbours,
      shrinkage,
      popularityExponent,
      userExponent,
      halfLifeDays,
      maxItemsPerUser,
    },
    lists: (dataset, options) => itemNeighbours(dataset, params, options),
  };
}
