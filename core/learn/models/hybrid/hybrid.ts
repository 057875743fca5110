import type { Dataset } from '../../data/dataset.ts';
import type { Model, Scorer, TrainingContext } from '../model.ts';
import { chooseHybrid } from './choose-hybrid.ts';
import { HYBRID_DEFAULTS, HYBRID_PARAMETERS, type HybridParams } from './hybrid-params.ts';
import { mixedScorer } from './mix.ts';
import { PART_NAMES, trainPart } from './parts.ts';

/** The order of items, what users have in common, content and popularity, mixed with weights that are learned on validation. */
export const hybridModel: Model<HybridParams> = {
  name: 'hybrid',
  description:
    'sequential, ease (or item-knn), content and popularity; weights by length of history, learned on validation',
  parameters: HYBRID_PARAMETERS,
  defaults: HYBRID_DEFAULTS,
  train: trainHybrid,
  choose: chooseHybrid,
};

function trainHybrid(dataset: Dataset, params: HybridParams, context: TrainingContext): Scorer {
  const used = PART_NAMES.filter(
    (name) =>
      params.weights.some(({ weights }) => (weights[name] ?? 0) !== 0) &&
      (name !== 'content' || context.catalog.length > 0),
  );
  const rows = params.weights.map(({ leastItems, weights }) => ({
    leastItems,
    weights: used.map((name) => weights[name] ?? 0),
  }));
  const parts = used.map((name) => trainPart(name, dataset, { params, context }));
  return mixedScorer(parts, rows, dataset.items.length);
}
