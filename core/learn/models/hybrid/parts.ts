import type { Dataset } from '../../data/dataset.ts';
import { contentModel } from '../content.ts';
import { easeModel } from '../ease/ease.ts';
import { itemKnnModel } from '../item-knn.ts';
import type { Scorer, TrainingContext } from '../model.ts';
import { nextItemScorer, nextItemWeights } from '../next-item-regression.ts';
import { interactionsByItem } from '../popular.ts';
import { sequentialModel } from '../sequential.ts';
import type { HybridParams, PartName } from './hybrid-params.ts';

/** In which order parts are mixed and named. */
export const PART_NAMES: readonly PartName[] = [
  'sequential',
  'nextItem',
  'ease',
  'itemKnn',
  'content',
  'popular',
];

/** Trains one part. What it takes of the kernels' memory stays taken. */
export function trainPart(
  name: PartName,
  dataset: Dataset,
  { params, context }: { params: HybridParams; context: TrainingContext },
): Scorer {
  context.onProgress?.(`hybrid, ${name}`, 0, 1);
  const quiet = { ...context, onProgress: undefined };
  switch (name) {
    case 'sequential':
      return sequentialModel.train(dataset, params.sequential, quiet);
    case 'nextItem':
      return nextItemScorer(nextItemWeights(dataset, params.nextItem, context.kernels), params.nextItem);
    case 'ease':
      return easeModel.train(dataset, params.ease, quiet);
    case 'itemKnn':
      return itemKnnModel.train(dataset, params.itemKnn, quiet);
    case 'content':
      return contentModel.train(dataset, params.content, quiet);
    case 'popular':
      return popularScorer(dataset);
  }
}

/** The logarithm of an item's users against that of the most popular item's: 0-1. */
function popularScorer(dataset: Dataset): Scorer {
  const logs = interactionsByItem(dataset).map(Math.log1p);
  const most = logs.reduce((greatest, log) => Math.max(greatest, log), Number.MIN_VALUE);
  const shares = logs.map((log) => log / most);
  return {
    score(histories, out) {
      for (let row = 0; row < histories.length; row++) out.set(shares, row * shares.length);
    },
  };
}
