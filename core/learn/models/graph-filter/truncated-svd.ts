import { eigenvectors } from '../../../numbers/eigenvectors.ts';
import type { Kernels } from '../../../numbers/kernels.ts';
import { gramOf, orthonormalise } from '../../../numbers/orthonormalise.ts';
import { seededRandom } from '../../../numbers/seeded-random.ts';
import type { NormalisedMatrix } from './normalised-matrix.ts';

/** The greatest squared singular values in falling order, with right singular vectors as columns of `vectors` (items x count). */
export type TruncatedSvd = { squares: Float64Array; vectors: Float32Array; count: number };

/** Directions beyond those asked for, and passes over the matrix: more of either bring the last vectors closer. */
const OVERSAMPLING = 32;
const PASSES = 7;

/**
 * Right singular vectors of a sparse matrix by block subspace iteration (Halko, Martinsson, Tropp 2011), seeded. `vectors` lies in
 * the kernels' memory until the caller releases it; fewer than asked for where the matrix is smaller than that.
 */
export function truncatedSvd(
  matrix: NormalisedMatrix,
  wanted: number,
  {
    kernels,
    seed,
    onPass,
  }: { kernels: Kernels; seed: number; onPass?: (done: number, total: number) => void },
): TruncatedSvd {
  const users = matrix.byUser.start.length - 1;
  const items = matrix.byItem.start.length - 1;
  const most = Math.min(users, items);
  const count = Math.min(wanted, most);
  const width = Math.min(count + OVERSAMPLING, most);
  const vectors = kernels.f32(items * count);
  const mark = kernels.mark();
  const basis = kernels.f32(items * width);
  const image = kernels.f32(users * width);
  const room = kernels.f32(Math.max(users, items) * width);
  fillRandom(basis, seed);
  const ofItems = { rows: items, width, room, kernels };
  orthonormalise(basis, ofItems);
  for (let pass = 0; pass < PASSES; pass++) {
    onPass?.(pass, PASSES);
    kernels.multiplySparse({ sparse: matrix.byUser, dense: basis, inner: width, out: image });
    kernels.multiplySparse({ sparse: matrix.byItem, dense: image, inner: width, out: basis });
    orthonormalise(basis, ofItems);
  }
  kernels.multiplySparse({ sparse: matrix.byUser, dense: basis, inner: width, out: image });
  const { values, vectors: turns } = eigenvectors(
    gramOf(image, { rows: users, width, room, kernels }),
    width,
  );
  const right = room.subarray(0, count * width);
  right.set(turns.subarray(0, count * width));
  kernels.multiplyTransposed({ left: basis, right, out: vectors, rows: items, columns: count, inner: width });
  kernels.release(mark);
  return { squares: values.slice(0, count), vectors, count };
}

/** Uniform numbers of mean 0: any distribution without preferred directions serves. */
function fillRandom(array: Float32Array, seed: number): void {
  const random = seededRandom(seed);
  for (let at = 0; at < array.length; at++) array[at] = random() - 0.5;
}
