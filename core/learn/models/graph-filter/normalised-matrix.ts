import type { Kernels, SparseRows } from '../../../numbers/kernels.ts';
import type { Dataset } from '../../data/dataset.ts';

/** The matrix of users and items in both directions, scaled on both sides, in the kernels' memory. */
export type NormalisedMatrix = { byUser: Required<SparseRows>; byItem: Required<SparseRows> };

export type Normalisation = { userExponent: number; itemExponent: number };

/** R~ = D_u ** -userExponent R D_i ** -itemExponent for the 0/1 matrix R with row and column sums D. */
export function normalisedMatrix(
  dataset: Dataset,
  { userExponent, itemExponent }: Normalisation,
  kernels: Kernels,
): NormalisedMatrix {
  const userScale = powersOf(dataset.userStart, -userExponent);
  const itemScale = powersOf(dataset.itemStart, -itemExponent);
  return {
    byUser: scaledRows(kernels, {
      rows: { start: dataset.userStart, ids: dataset.userItem },
      rowScale: userScale,
      columnScale: itemScale,
    }),
    byItem: scaledRows(kernels, {
      rows: { start: dataset.itemStart, ids: dataset.itemUser },
      rowScale: itemScale,
      columnScale: userScale,
    }),
  };
}

/** The power of every row's number of entries; 0 for an empty row. */
export function powersOf(start: Int32Array, exponent: number): Float32Array {
  return Float32Array.from({ length: start.length - 1 }, (_, row) => {
    const size = start[row + 1]! - start[row]!;
    return size === 0 ? 0 : size ** exponent;
  });
}

type Scaling = { rows: SparseRows; rowScale: Float32Array; columnScale: Float32Array };

function scaledRows(kernels: Kernels, { rows, rowScale, columnScale }: Scaling): Required<SparseRows> {
  const start = kernels.i32(rows.start.length);
  const ids = kernels.i32(rows.ids.length);
  const values = kernels.f32(rows.ids.length);
  start.set(rows.start);
  ids.set(rows.ids);
  for (let row = 0; row + 1 < start.length; row++) {
    for (let at = start[row]!; at < start[row + 1]!; at++) {
      values[at] = rowScale[row]! * columnScale[ids[at]!]!;
    }
  }
  return { start, ids, values };
}
