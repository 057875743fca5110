import type { Model } from '../model.ts';
import { chooseGraphFilter } from './choose-graph-filter.ts';
import {
  GRAPH_FILTER_DEFAULTS,
  GRAPH_FILTER_PARAMETERS,
  type GraphFilterParams,
} from './graph-filter-params.ts';
import { graphFilterScorer } from './graph-filter-scorer.ts';
import { spectrumOf } from './spectrum.ts';

/** A linear filter over the graph of users and items and an ideal low-pass (Shen et al. 2021), sharpened (Choi et al. 2023). */
export const graphFilterModel: Model<GraphFilterParams> = {
  name: 'graph-filter',
  description: 'normalised item-item filter plus an ideal low-pass from a truncated SVD',
  parameters: GRAPH_FILTER_PARAMETERS,
  defaults: GRAPH_FILTER_DEFAULTS,
  train: (dataset, params, context) =>
    graphFilterScorer(dataset, {
      spectrum: spectrumOf(dataset, params, context),
      params,
      kernels: context.kernels,
    }),
  choose: chooseGraphFilter,
};
