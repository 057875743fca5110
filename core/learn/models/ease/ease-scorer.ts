import type { Kernels } from '../../../numbers/kernels.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Scorer } from '../model.ts';
import { interactionsByItem } from '../popular.ts';
import { type EaseScoringParams, easeInfluence } from './ease-params.ts';
import { scoreWithEase } from './ease-scores.ts';
import type { EaseWeights } from './ease-weights.ts';

/** Scores by trained weights. */
export function easeScorer(
  dataset: Dataset,
  { ease, params, kernels }: { ease: EaseWeights; params: EaseScoringParams; kernels: Kernels },
): Scorer {
  const influence = easeInfluence(params);
  const { popularityExponent } = params;
  const scale = interactionsByItem(dataset).map((count) => (count > 0 ? count ** -popularityExponent : 0));
  return {
    score(histories, out) {
      scoreWithEase(ease, histories, { kernels, influence, out });
      if (popularityExponent !== 0) scaleColumns(out, scale, histories.length);
    },
  };
}

function scaleColumns(out: Float32Array, scale: Float32Array, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const first = row * scale.length;
    for (let item = 0; item < scale.length; item++) out[first + item]! *= scale[item]!;
  }
}
