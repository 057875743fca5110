import type { ParameterDoc } from '../model.ts';

export type SessionKnnParams = {
  sessionsPerItem: number;
  neighbours: number;
  latest: number;
  positionDecay: number;
  lengthExponent: number;
  recencyHalfLifeDays: number;
  matchDecay: number;
  itemDecay: number;
  beforeShare: number;
  idfExponent: number;
  orderShare: number;
  orderWindow: number;
  orderStepDecay: number;
};

export const SESSION_KNN_DEFAULTS: SessionKnnParams = {
  sessionsPerItem: 1000,
  neighbours: 500,
  latest: 12,
  positionDecay: 0.7,
  lengthExponent: 0.25,
  recencyHalfLifeDays: 30,
  matchDecay: 0.8,
  itemDecay: 0.7,
  beforeShare: 0.6,
  idfExponent: 0.25,
  orderShare: 0.3,
  orderWindow: 3,
  orderStepDecay: 0.5,
};

export const SESSION_KNN_PARAMETERS: { readonly [Name in keyof SessionKnnParams]: ParameterDoc } = {
  sessionsPerItem: { meaning: 'latest sessions of an item that can be neighbours', least: 1, integer: true },
  neighbours: { meaning: 'most similar sessions whose items are added up', least: 1, integer: true },
  latest: { meaning: 'last items of the session that are looked at', least: 1, integer: true },
  positionDecay: {
    meaning: 'weight of an item of the session per item that came after it',
    least: 0,
    most: 1,
  },
  lengthExponent: { meaning: 'a session of n items is n ** -lengthExponent as similar', least: 0, most: 2 },
  recencyHalfLifeDays: { meaning: 'age in days that halves the similarity of a session; 0: none', least: 0 },
  matchDecay: {
    meaning: 'what a neighbour counts per item that came after the last one shared with it',
    least: 0,
    most: 1,
  },
  itemDecay: {
    meaning: "what a neighbour's item counts per step away from the shared one",
    least: 0,
    most: 1,
  },
  beforeShare: { meaning: 'what items before the shared one count of those after it', least: 0, most: 1 },
  idfExponent: {
    meaning: 'power of log(1 + sessions / sessions of the item) that an item is weighed by',
    least: 0,
    most: 3,
  },
  orderShare: {
    meaning: 'share of what followed the last items directly, against the neighbours',
    least: 0,
    most: 1,
  },
  orderWindow: { meaning: 'steps within which an item follows', least: 1, most: 100, integer: true },
  orderStepDecay: { meaning: 'what following counts per further step', least: 0, most: 1 },
};
