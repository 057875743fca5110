import type { Kernels } from '../../../numbers/kernels.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { History, Scorer } from '../model.ts';
import type { FilterParams } from './graph-filter-params.ts';
import { addLinear } from './linear-filter.ts';
import { type LowPass, lowPass } from './low-pass.ts';
import { powersOf } from './normalised-matrix.ts';
import type { Spectrum } from './spectrum.ts';

/** Scores histories by both filters; only the items of a history are read, so that it may be of a user who came later. */
export function graphFilterScorer(
  dataset: Dataset,
  { spectrum, params, kernels }: { spectrum: Spectrum; params: FilterParams; kernels: Kernels },
): Scorer {
  const items = dataset.items.length;
  const itemPower = powersOf(dataset.itemStart, params.idealExponent);
  const filter = lowPass(spectrum.svd, { ...params, itemPower }, kernels);
  return {
    score(histories, out) {
      scoreLowPass(filter, histories, { kernels, items, out });
      for (let row = 0; row < histories.length; row++) {
        addLinear(spectrum.linear, histories[row]!, out.subarray(row * items, (row + 1) * items));
      }
    },
  };
}

function scoreLowPass(
  { input, output, inner }: LowPass,
  histories: readonly History[],
  { kernels, items, out }: { kernels: Kernels; items: number; out: Float32Array },
): void {
  const mark = kernels.mark();
  const rows = histories.length;
  const spectra = kernels.f32(rows * inner);
  kernels.multiplySparse({ sparse: rowsOf(histories), dense: input, inner, out: spectra });
  kernels.multiplyTransposed({ left: spectra, right: output, out, rows, columns: items, inner });
  kernels.release(mark);
}

function rowsOf(histories: readonly History[]): { start: Int32Array; ids: Int32Array } {
  const start = new Int32Array(histories.length + 1);
  histories.forEach(({ items }, row) => {
    start[row + 1] = start[row]! + items.length;
  });
  const ids = new Int32Array(start[histories.length]!);
  histories.forEach(({ items }, row) => {
    ids.set(items, start[row]!);
  });
  return { start, ids };
}
