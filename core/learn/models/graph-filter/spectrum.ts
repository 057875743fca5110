import type { Dataset } from '../../data/dataset.ts';
import type { TrainingContext } from '../model.ts';
import type { SpectrumParams } from './graph-filter-params.ts';
import { type LinearFilter, linearFilter } from './linear-filter.ts';
import { normalisedMatrix } from './normalised-matrix.ts';
import { type TruncatedSvd, truncatedSvd } from './truncated-svd.ts';

/** What is computed once per normalisation: the first singular vectors and the linear filter, its greatest eigenvalue 1. */
export type Spectrum = { svd: TruncatedSvd; linear: LinearFilter };

/** The vectors lie in the kernels' memory until the caller releases it. */
export function spectrumOf(
  dataset: Dataset,
  {
    userExponent,
    itemExponent,
    factors,
    neighbours,
  }: SpectrumParams & { factors: number; neighbours: number },
  { kernels, seed, onProgress }: TrainingContext,
): Spectrum {
  const normalisation = { userExponent, itemExponent };
  const room = kernels.f32(
    dataset.items.length * Math.min(factors, dataset.users.length, dataset.items.length),
  );
  const mark = kernels.mark();
  const svd = truncatedSvd(normalisedMatrix(dataset, normalisation, kernels), factors, {
    kernels,
    seed,
    onPass: (done, total) => onProgress?.('graph-filter', done, total),
  });
  room.set(svd.vectors);
  kernels.release(mark);
  const scale = svd.squares[0] ?? 0;
  const linear = linearFilter(dataset, { ...normalisation, scale: scale > 0 ? scale : 1, neighbours });
  return { svd: { ...svd, vectors: room }, linear };
}
