import type { History, ParameterDoc } from '../model.ts';
import type { EaseTrainingParams } from './ease-weights.ts';

/** What histories and items count for when trained weights are asked; nothing is trained anew for another value. */
export type EaseScoringParams = {
  positionDecay: number;
  recencyExponent: number;
  popularityExponent: number;
};

export type EaseParams = EaseTrainingParams & EaseScoringParams;

export const EASE_DEFAULTS: EaseParams = {
  regularization: 200,
  dropout: 0,
  userExponent: 0,
  positionDecay: 1,
  recencyExponent: 0,
  popularityExponent: 0,
};

export const EASE_PARAMETERS: { readonly [Name in keyof EaseParams]: ParameterDoc } = {
  regularization: { meaning: 'added to the diagonal of the item by item counts', least: 1e-3 },
  dropout: {
    meaning: 'share of the input that training drops: more for popular items',
    least: 0,
    most: 0.95,
  },
  userExponent: { meaning: 'a user of n items counts n ** -userExponent', least: 0, most: 2 },
  positionDecay: { meaning: 'weight of a history item per item that came after it', least: 0, most: 1 },
  recencyExponent: {
    meaning: 'a history item that k items came after counts (1 + k) ** -recencyExponent',
    least: 0,
    most: 3,
  },
  popularityExponent: {
    meaning: 'scores of an item of n users are divided by n ** this',
    least: -1,
    most: 1,
  },
};

/** How much a history item counts by its place; the newest one counts 1. */
export function easeInfluence({ positionDecay, recencyExponent }: EaseScoringParams) {
  return ({ items }: History, at: number): number => {
    const newer = items.length - 1 - at;
    return positionDecay ** newer * (1 + newer) ** -recencyExponent;
  };
}
