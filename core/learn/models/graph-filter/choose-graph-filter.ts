import type { Dataset } from '../../data/dataset.ts';
import { coordinateSearch } from '../../evaluate/search.ts';
import type { Choice, Judge, TrainingContext } from '../model.ts';
import { GRAPH_FILTER_DEFAULTS, type GraphFilterParams } from './graph-filter-params.ts';
import { graphFilterScorer } from './graph-filter-scorer.ts';
import { type Spectrum, spectrumOf } from './spectrum.ts';

const MOST_FACTORS = 448;

/** Chooses how one spectrum is used, then whether another normalisation does better. */
export function chooseGraphFilter(
  train: Dataset,
  judge: Judge,
  { context, fixed }: { context: TrainingContext; fixed: Partial<GraphFilterParams> },
): Choice<GraphFilterParams> {
  const bench = trialBench(train, context, { ...GRAPH_FILTER_DEFAULTS, factors: MOST_FACTORS, ...fixed });
  let trials = 0;
  const choice = coordinateSearch<GraphFilterParams>({
    start: GRAPH_FILTER_DEFAULTS,
    axes: [
      { name: 'idealWeight', values: [0.3, 0.1, 0.6, 1.2] },
      { name: 'itemExponent', values: [0.5, 0.4, 0.3] },
      { name: 'sharpening', values: [0, 0.5, 1, 2] },
      { name: 'userExponent', values: [0.5, 0.35, 0.2] },
      { name: 'idealWeight', values: [0.2, 0.45, 0.85, 1.7] },
      { name: 'factors', values: [256, 128, 448] },
    ],
    fixed,
    qualityOf: (params) => {
      context.onProgress?.('graph-filter, trials', ++trials, Number.NaN);
      return bench.judged(params, judge);
    },
    rounds: 1,
  });
  bench.clear();
  return choice;
}

type TrialBench = { judged(params: GraphFilterParams, judge: Judge): number; clear(): void };

/** Keeps the spectrum of the last normalisation until another is asked for. */
function trialBench(
  train: Dataset,
  context: TrainingContext,
  { factors, neighbours }: GraphFilterParams,
): TrialBench {
  const { kernels } = context;
  const start = kernels.mark();
  let key = '';
  let spectrum: Spectrum | undefined;
  return {
    judged(params, judge) {
      const wanted = `${params.userExponent} ${params.itemExponent}`;
      if (spectrum === undefined || wanted !== key) {
        kernels.release(start);
        key = wanted;
        spectrum = spectrumOf(train, { ...params, factors, neighbours }, context);
      }
      const mark = kernels.mark();
      const quality = judge(graphFilterScorer(train, { spectrum, params, kernels }));
      kernels.release(mark);
      return quality;
    },
    clear: () => kernels.release(start),
  };
}
