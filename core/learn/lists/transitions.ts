import type { Dataset } from '../data/dataset.ts';
import { interactionWeights } from '../data/interaction-weights.ts';
import type { TrainingParams } from '../types.ts';
import { coOccurrence } from './co-occurrence.ts';
import type { ListOptions } from './item-neighbours.ts';
import type { NeighbourLists } from './neighbour-lists.ts';

/**
 * What users chose next: directed neighbours within `window` steps, the k-th step counting `stepDecay ** (k - 1)`.
 * The step back counts `reverseShare` of that: next choices are so sparse that the reverse order is evidence too.
 */
export function transitions(
  dataset: Dataset,
  params: TrainingParams,
  options: ListOptions = {},
): NeighbourLists {
  const after = Float64Array.from({ length: params.window }, (_, step) => params.stepDecay ** step);
  return coOccurrence(dataset, interactionWeights(dataset, params.halfLifeDays), {
    keep: params.sequentialNeighbours,
    after,
    before:
      params.reverseShare > 0 ? after.map((weight) => weight * params.reverseShare) : new Float64Array(0),
    userExponent: 0,
    popularityExponent: params.transitionPopularityExponent,
    shrinkage: params.transitionShrinkage,
    ...options,
  });
}
