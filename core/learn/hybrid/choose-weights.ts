import type { Dataset } from '../data/dataset.ts';
import type { Holdout } from '../data/holdout.ts';
import { meanBestScore } from '../lists/neighbour-lists.ts';
import type { HybridWeights, NeighbourSource } from '../types.ts';
import { type HybridContext, type SourceLists, scoreUser } from './hybrid-score.ts';
import { hybridQuality } from './ranking-quality.ts';
import { DEFAULT_GAINS, DEFAULT_HALF_SCORE, type HybridGains } from './training-params.ts';

/** What each setting may become; the first search starts at the defaults and walks one setting at a time. */
const GRID: { [Name in Exclude<keyof HybridGains, 'interests'>]: readonly number[] } = {
  content: [0, 0.1, 0.2, 0.35, 0.6, 1, 2],
  collaborative: [0, 0.1, 0.25, 0.5, 1, 2, 5],
  positionDecay: [0.35, 0.5, 0.65, 0.8, 0.95],
  popular: [0, 0.01, 0.03, 0.1, 0.3, 1, 3],
  sequential: [0, 0.3, 1, 2],
};
const ROUNDS = 2;
/** A setting is changed only for a gain of this share: below, it is noise of the split. */
const LEAST_GAIN = 1.005;

/** The mean best score of each source's lists; 0 where it has none. */
export type SourceUnits = Record<NeighbourSource, number>;

/** The units of a set of lists. */
export function unitsOf(lists: SourceLists): SourceUnits {
  return {
    collaborative: meanBestScore(lists.collaborative),
    sequential: meanBestScore(lists.sequential),
    content: meanBestScore(lists.content),
  };
}

/**
 * Weights from gains: a source's gain is divided by the mean best score of its lists, so that a gain of 1 means the
 * same for each, and all weights add up to 1, so that mixed scores stay in 0-1.
 */
export function weightsFrom(gains: HybridGains, units: SourceUnits, halfScore: number): HybridWeights {
  const collaborative = perUnit(gains.collaborative, units.collaborative);
  const sequential = perUnit(gains.sequential, units.sequential);
  const content = perUnit(gains.content, units.content);
  const interests = Math.max(content, gains.interests);
  const sum = collaborative + sequential + content + gains.popular + interests;
  return {
    collaborative: collaborative / sum,
    sequential: sequential / sum,
    content: content / sum,
    popular: gains.popular / sum,
    interests: interests / sum,
    positionDecay: gains.positionDecay,
    halfScore,
  };
}

/** The gains that rank the held-back items best by NDCG@10: coordinate search from the defaults. */
export function chooseGains(holdout: Holdout, context: HybridContext): HybridGains {
  const units = unitsOf(context.lists);
  const quality = (gains: HybridGains): number =>
    hybridQuality(holdout, context, weightsFrom(gains, units, DEFAULT_HALF_SCORE)).ndcg10;
  let best = DEFAULT_GAINS;
  let bestQuality = quality(best);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, values] of Object.entries(GRID)) {
      for (const value of values) {
        const gains = { ...best, [name]: value };
        const reached = quality(gains);
        if (reached <= bestQuality * LEAST_GAIN) continue;
        best = gains;
        bestQuality = reached;
      }
    }
  }
  return best;
}

function perUnit(gain: number, unit: number): number {
  return unit > 0 ? gain / unit : 0;
}

/** The best mixed score of the median user of a sample: what is shown as relevance 0.5. */
export function medianBestScore(
  dataset: Dataset,
  context: HybridContext,
  { weights, sample }: { weights: HybridWeights; sample: number },
): number {
  const step = Math.max(1, Math.floor(dataset.users.length / sample));
  const best: number[] = [];
  for (let user = 0; user < dataset.users.length; user += step) {
    scoreUser(context, user, weights);
    let greatest = 0;
    for (let at = 0; at < context.sums.size; at++) {
      greatest = Math.max(greatest, context.sums.sums[context.sums.keys[at]!]!);
    }
    if (greatest > 0) best.push(greatest);
  }
  best.sort((a, b) => a - b);
  return best[best.length >> 1] ?? DEFAULT_HALF_SCORE;
}
