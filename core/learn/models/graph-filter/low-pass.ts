import type { Kernels } from '../../../numbers/kernels.ts';
import { transpose } from '../../../numbers/transpose.ts';
import type { TruncatedSvd } from './truncated-svd.ts';

/** What the truncated spectrum adds to the linear filter: history -> history * input * transpose of output (both items x inner). */
export type LowPass = { input: Float32Array; output: Float32Array; inner: number };

export type LowPassOptions = {
  factors: number;
  idealWeight: number;
  sharpening: number;
  /** Number of users of every item to the power of `idealExponent`, 0 where there is none. */
  itemPower: Float32Array;
};

/**
 * With V the first right singular vectors of R~, l their squared singular values relative to the greatest, s = exp(-sharpening l) - 1,
 * and D the items' numbers of users to the power of `idealExponent`, a history r gets beside r R~' R~
 *
 *   r inverse(D) V idealWeight (V' D + V' D V diag(s) V')  +  r V diag(l s) V'
 *
 * This is the ideal low-pass of GF-CF (Shen et al. 2021) for `sharpening` 0; otherwise both filters pass the sharpening flow of BSPM
 * (Choi et al. 2023), solved exactly within the span of V. The result lies in the kernels' memory.
 */
export function lowPass(svd: TruncatedSvd, options: LowPassOptions, kernels: Kernels): LowPass {
  const { sharpening, itemPower, idealWeight } = options;
  const items = itemPower.length;
  const factors = Math.min(options.factors, svd.count);
  const inner = sharpening > 0 ? 2 * factors : factors;
  const input = kernels.f32(items * inner);
  const output = kernels.f32(items * inner);
  const mark = kernels.mark();
  const vectors = firstFactors(svd, { items, factors, kernels });
  const powered = kernels.f32(items * factors);
  for (let at = 0; at < powered.length; at++) {
    powered[at] = itemPower[Math.floor(at / factors)]! * vectors[at]!;
  }
  const frequencies = svd.squares.slice(0, factors).map((square) => square / (svd.squares[0]! || 1));
  const losses = frequencies.map((frequency) => Math.expm1(-sharpening * frequency));
  if (sharpening > 0) {
    const sharpened = sharpenedPart({ vectors, powered, losses, items, factors }, kernels);
    for (let at = 0; at < powered.length; at++) powered[at]! += sharpened[at]!;
  }
  for (let item = 0; item < items; item++) {
    const away = itemPower[item]! > 0 ? 1 / itemPower[item]! : 0;
    for (let factor = 0; factor < factors; factor++) {
      const value = vectors[item * factors + factor]!;
      const at = item * inner + factor;
      input[at] = value * away;
      output[at] = idealWeight * powered[item * factors + factor]!;
      if (sharpening === 0) continue;
      input[at + factors] = value;
      output[at + factors] = value * frequencies[factor]! * losses[factor]!;
    }
  }
  kernels.release(mark);
  return { input, output, inner };
}

/** The first columns of the vectors, contiguous. */
function firstFactors(
  { vectors, count }: TruncatedSvd,
  { items, factors, kernels }: { items: number; factors: number; kernels: Kernels },
): Float32Array {
  const first = kernels.f32(items * factors);
  for (let item = 0; item < items; item++) {
    first.set(vectors.subarray(item * count, item * count + factors), item * factors);
  }
  return first;
}

type Basis = {
  vectors: Float32Array;
  powered: Float32Array;
  losses: Float64Array;
  items: number;
  factors: number;
};

/** The transpose of V' D V diag(s) V' (items x factors). */
function sharpenedPart({ vectors, powered, losses, items, factors }: Basis, kernels: Kernels): Float32Array {
  const left = kernels.f32(items * factors);
  const right = kernels.f32(items * factors);
  const out = kernels.f32(items * factors);
  const mixing = kernels.f32(factors * factors);
  transpose(vectors, left, { rows: items, columns: factors });
  transpose(powered, right, { rows: items, columns: factors });
  const size = { rows: factors, columns: factors };
  kernels.multiplyTransposed({ left: right, right: left, out: mixing, ...size, inner: items });
  for (let at = 0; at < mixing.length; at++) mixing[at]! *= losses[at % factors]!;
  kernels.multiplyTransposed({
    left: vectors,
    right: mixing,
    out: out,
    rows: items,
    columns: factors,
    inner: factors,
  });
  return out;
}
