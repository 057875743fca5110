import type { Dataset } from '../../data/dataset.ts';
import type { Cases } from '../../evaluate/cases.ts';
import { coordinateSearch } from '../../evaluate/search.ts';
import { makeJudge, sampleCases } from '../../evaluate/validation.ts';
import { contentModel } from '../content.ts';
import type { EaseParams } from '../ease/ease-params.ts';
import { easeScorer } from '../ease/ease-scorer.ts';
import { easeWeights } from '../ease/ease-weights.ts';
import { activeItems } from '../ease/gram.ts';
import { itemKnnModel } from '../item-knn.ts';
import type { Judge, Scorer, TrainingContext } from '../model.ts';
import { nextItemScorer, nextItemWeights } from '../next-item-regression.ts';
import { sequentialModel } from '../sequential.ts';
import type { HybridParams, PartName } from './hybrid-params.ts';
import { trainPart } from './parts.ts';

export type ChoiceOptions = { context: TrainingContext; fixed: Partial<HybridParams>; cases: Cases };

/** One trial of a part's parameters scores this many entries, spread over all cases. */
const TRIAL_SCORES = 5e7;
const LEAST_TRIAL_CASES = 1500;
/** EASE is trained anew for other regularisations up to this size. */
const FEW_EASE_ITEMS = 6000;

type PartChoice = { train: Dataset; params: HybridParams; options: ChoiceOptions };

/** Writes the part's best parameters into `params` and returns the part trained with them. */
export function choosePart(name: PartName, { train, params, options }: PartChoice): Scorer {
  const { context, fixed } = options;
  const retrain = () => trainPart(name, train, { params, context });
  if (name === 'popular' || fixed[name] !== undefined) return retrain();
  const quick = trialJudge(train, options.cases);
  if (name === 'ease') return chooseEasePart({ train, params, options }, quick);
  if (name === 'nextItem') return chooseNextItem({ train, params, options }, quick);
  const quiet = { context: { ...context, onProgress: undefined }, cases: options.cases };
  if (name === 'sequential') {
    params.sequential = sequentialModel.choose!(train, quick, { ...quiet, fixed: {} }).params;
  } else if (name === 'itemKnn') {
    params.itemKnn = coordinateSearch({
      start: params.itemKnn,
      axes: [{ name: 'positionDecay' as const, values: [0.8, 0.6, 0.9, 1] }],
      fixed: {},
      qualityOf: (trial) => quick(itemKnnModel.train(train, trial, quiet.context)),
      rounds: 1,
    }).params;
  } else {
    const { latest, popularity } = params.content;
    params.content = contentModel.choose!(train, quick, { ...quiet, fixed: { latest, popularity } }).params;
  }
  return retrain();
}

/** EASE is trained once where it is large; how its history counts needs no training. */
function chooseEasePart({ train, params, options }: PartChoice, quick: Judge): Scorer {
  const { context } = options;
  const { kernels } = context;
  const mark = kernels.mark();
  let best = { params: params.ease, quality: -1 };
  for (const trained of easeTrials(train, params.ease)) {
    kernels.release(mark);
    const ease = easeWeights(train, trained, context);
    const found = coordinateSearch({
      start: trained,
      axes: EASE_SCORING_AXES,
      fixed: {},
      qualityOf: (asked) => quick(easeScorer(train, { ease, params: asked, kernels })),
      rounds: 1,
    });
    const quality = Math.max(...found.tried.map((trial) => trial.quality));
    if (quality > best.quality) best = { params: found.params, quality };
    if (activeItems(train).size > FEW_EASE_ITEMS) {
      params.ease = found.params;
      return easeScorer(train, { ease, params: found.params, kernels });
    }
  }
  kernels.release(mark);
  params.ease = best.params;
  const ease = easeWeights(train, best.params, context);
  return easeScorer(train, { ease, params: best.params, kernels });
}

const EASE_SCORING_AXES = [
  { name: 'positionDecay' as const, values: [0.8, 0.65, 0.9, 0.95, 0.5, 0.98, 1] },
  { name: 'recencyExponent' as const, values: [0, 0.3, 0.6] },
  { name: 'popularityExponent' as const, values: [0, -0.15, 0.15, 0.3] },
];

/** Regularisations that are tried where EASE is small; otherwise the usual one. */
function easeTrials(train: Dataset, usual: EaseParams): EaseParams[] {
  if (activeItems(train).size > FEW_EASE_ITEMS) return [usual];
  return [
    { ...usual, regularization: 300 },
    { ...usual, regularization: 1000 },
    { ...usual, regularization: 100 },
    { ...usual, regularization: 100, dropout: 0.3 },
  ];
}

function chooseNextItem({ train, params, options }: PartChoice, quick: Judge): Scorer {
  const { kernels, onProgress } = options.context;
  const mark = kernels.mark();
  let trials = 0;
  params.nextItem = coordinateSearch({
    start: params.nextItem,
    axes: [
      { name: 'regularization' as const, values: [100, 30, 300] },
      { name: 'positionDecay' as const, values: [0.7, 0.85, 0.55] },
      { name: 'lookahead' as const, values: [1, 3] },
    ],
    fixed: {},
    qualityOf: (trial) => {
      onProgress?.('hybrid, nextItem trials', ++trials, Number.NaN);
      const quality = quick(nextItemScorer(nextItemWeights(train, trial, kernels), trial));
      kernels.release(mark);
      return quality;
    },
    rounds: 1,
  }).params;
  return nextItemScorer(nextItemWeights(train, params.nextItem, kernels), params.nextItem);
}

function trialJudge(train: Dataset, cases: Cases): Judge {
  const items = train.items.length;
  const most = Math.max(LEAST_TRIAL_CASES, Math.floor(TRIAL_SCORES / Math.max(1, items)));
  const buffer = new Float32Array(items * 64);
  return makeJudge(sampleCases(cases, most), { items, cutOff: 10, metric: 'ndcg', buffer });
}
