import type { HybridWeights, TrainingParams } from '../types.ts';

/** Chosen on the validation split of a retail data set of 22,363 users; `bench/offline.ts` shows what they reach. */
export const DEFAULT_PARAMS: TrainingParams = {
  collaborativeNeighbours: 60,
  sequentialNeighbours: 40,
  contentNeighbours: 40,
  shrinkage: 4,
  popularityExponent: 0.3,
  userExponent: 0.5,
  halfLifeDays: 90,
  maxItemsPerUser: 100,
  window: 10,
  stepDecay: 0.85,
  reverseShare: 0.2,
  transitionShrinkage: 4,
  transitionPopularityExponent: 0.2,
};

/** What each source counts for, before its lists' scale is known; see `weightsFrom`. */
export type HybridGains = {
  collaborative: number;
  sequential: number;
  content: number;
  popular: number;
  interests: number;
  positionDecay: number;
};

/** What is served until a validation split is large enough to choose. */
export const DEFAULT_GAINS: HybridGains = {
  collaborative: 0.5,
  sequential: 1,
  content: 0.35,
  popular: 0.03,
  interests: 0.3,
  positionDecay: 0.65,
};

export const DEFAULT_HALF_SCORE = 0.1;

/** For serving before the first training, when there are no lists yet. */
export const DEFAULT_WEIGHTS: HybridWeights = {
  collaborative: 0.25,
  sequential: 0.4,
  content: 0.15,
  popular: 0.05,
  interests: 0.15,
  positionDecay: DEFAULT_GAINS.positionDecay,
  halfScore: DEFAULT_HALF_SCORE,
};
