import type { Dataset } from '../data/dataset.ts';
import { interactionWeights } from '../data/interaction-weights.ts';
import type { TrainingParams } from '../types.ts';
import { coOccurrence } from './co-occurrence.ts';
import type { NeighbourLists, Tick } from './neighbour-lists.ts';

export type ListOptions = { servable?: Uint8Array; tick?: Tick };

/**
 * Item-to-item neighbours from what the same users chose, whatever the order. Users count by
 * `n ** -userExponent`, so that heavy users do not dominate, and form pairs only within `maxItemsPerUser` steps.
 */
export function itemNeighbours(
  dataset: Dataset,
  params: TrainingParams,
  options: ListOptions = {},
): NeighbourLists {
  const anyStep = new Float64Array(params.maxItemsPerUser).fill(1);
  return coOccurrence(dataset, interactionWeights(dataset, params.halfLifeDays), {
    keep: params.collaborativeNeighbours,
    after: anyStep,
    before: anyStep,
    userExponent: params.userExponent,
    popularityExponent: params.popularityExponent,
    shrinkage: params.shrinkage,
    ...options,
  });
}
