import type { Model } from '../model.ts';
import { chooseEase } from './choose-ease.ts';
import { EASE_DEFAULTS, EASE_PARAMETERS, type EaseParams } from './ease-params.ts';
import { easeScorer } from './ease-scorer.ts';
import { easeWeights } from './ease-weights.ts';

/** A closed-form linear autoencoder over items (Steck 2019). Memory grows with the square of the catalogue. */
export const easeModel: Model<EaseParams> = {
  name: 'ease',
  description:
    'linear autoencoder over items in closed form; its memory grows with the square of the catalogue',
  parameters: EASE_PARAMETERS,
  defaults: EASE_DEFAULTS,
  train: (dataset, params, context) =>
    easeScorer(dataset, { ease: easeWeights(dataset, params, context), params, kernels: context.kernels }),
  choose: chooseEase,
};
