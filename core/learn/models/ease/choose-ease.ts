import { type Dataset, withoutMarked } from '../../data/dataset.ts';
import { coordinateSearch } from '../../evaluate/search.ts';
import type { Choice, Judge, TrainingContext } from '../model.ts';
import { interactionsByItem } from '../popular.ts';
import { EASE_DEFAULTS, type EaseParams, type EaseScoringParams } from './ease-params.ts';
import { easeScorer } from './ease-scorer.ts';
import { type EaseTrainingParams, type EaseWeights, easeWeights, requireEaseFits } from './ease-weights.ts';

/** Parameters are tried on at most this many items, the most popular ones: a trial costs the cube of their number. */
const MOST_ITEMS = 4000;

/** Chooses what training needs on the head of the catalogue, with what histories and items count for beside it. */
export function chooseEase(
  train: Dataset,
  judge: Judge,
  { context, fixed }: { context: TrainingContext; fixed: Partial<EaseParams> },
): Choice<EaseParams> {
  requireEaseFits(train, context);
  const head = headOf(train, MOST_ITEMS);
  const bench = trialBench(head, context);
  let trials = 0;
  const choice = coordinateSearch<EaseParams>({
    start: EASE_DEFAULTS,
    axes: [
      { name: 'regularization', values: [200, 50, 100, 400, 800] },
      { name: 'recencyExponent', values: [0, 0.25, 0.5, 0.75, 1] },
      { name: 'positionDecay', values: [1, 0.99, 0.97, 0.9, 0.8] },
      { name: 'popularityExponent', values: [0, 0.1, 0.2, -0.1] },
      { name: 'dropout', values: [0, 0.2, 0.4] },
      { name: 'userExponent', values: [0, 0.25, 0.5] },
    ],
    fixed,
    qualityOf: (params) => {
      context.onProgress?.('ease, trials', ++trials, Number.NaN);
      return judge(easeScorer(head, { ease: bench.weightsFor(params), params, kernels: context.kernels }));
    },
    rounds: 1,
  });
  bench.clear();
  return choice;
}

/** The same data without the interactions of less popular items; names and numbers stay. */
function headOf(dataset: Dataset, most: number): Dataset {
  const counts = interactionsByItem(dataset);
  const order = counts.map((_, item) => item).sort((a, b) => counts[b]! - counts[a]! || a - b);
  if (order.length <= most) return dataset;
  const isHead = new Uint8Array(counts.length);
  for (const item of order.subarray(0, most)) isHead[item] = 1;
  return withoutMarked(
    dataset,
    Uint8Array.from(dataset.userItem, (item) => 1 - isHead[item]!),
  );
}

type TrialBench = { weightsFor(params: EaseTrainingParams & EaseScoringParams): EaseWeights; clear(): void };

/** Keeps the weights of the last training until another is asked for. */
function trialBench(train: Dataset, context: TrainingContext): TrialBench {
  const mark = context.kernels.mark();
  let key = '';
  let weights: EaseWeights | undefined;
  return {
    weightsFor({ regularization, dropout, userExponent }) {
      const wanted = JSON.stringify([regularization, dropout, userExponent]);
      if (weights !== undefined && wanted === key) return weights;
      context.kernels.release(mark);
      key = wanted;
      weights = easeWeights(train, { regularization, dropout, userExponent }, context);
      return weights;
    },
    clear: () => context.kernels.release(mark),
  };
}
