import type { ParameterDoc } from '../model.ts';

/** What the spectrum is computed for. */
export type SpectrumParams = { userExponent: number; itemExponent: number };

/** How the spectrum is used; nothing is decomposed anew for another value up to the factors that there are. */
export type FilterParams = {
  factors: number;
  idealWeight: number;
  idealExponent: number;
  sharpening: number;
  neighbours: number;
};

export type GraphFilterParams = SpectrumParams & FilterParams;

export const GRAPH_FILTER_DEFAULTS: GraphFilterParams = {
  factors: 256,
  idealWeight: 0.3,
  idealExponent: 0.5,
  sharpening: 0,
  userExponent: 0.5,
  itemExponent: 0.5,
  neighbours: 2000,
};

export const GRAPH_FILTER_PARAMETERS: { readonly [Name in keyof GraphFilterParams]: ParameterDoc } = {
  factors: { meaning: 'singular vectors that the ideal low-pass lets through', least: 1, integer: true },
  idealWeight: { meaning: 'weight of the ideal low-pass beside the linear filter', least: 0 },
  idealExponent: { meaning: "power of an item's popularity around the ideal low-pass", least: 0, most: 1 },
  sharpening: {
    meaning: 'how long the sharpening flow runs: 0 is GF-CF, more damps what everybody likes',
    least: 0,
  },
  userExponent: { meaning: 'a user of n items counts n ** -userExponent', least: 0, most: 1 },
  itemExponent: { meaning: 'an item of n users counts n ** -itemExponent', least: 0, most: 1 },
  neighbours: { meaning: 'entries of the linear filter kept per item', least: 1, integer: true },
};
