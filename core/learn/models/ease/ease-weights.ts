import { SWEEP_WIDTH } from '../../../numbers/invert-by-sweeps.ts';
import type { Kernels } from '../../../numbers/kernels.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { TrainingContext } from '../model.ts';
import { type ActiveItems, activeItems, fillGram } from './gram.ts';

export type EaseTrainingParams = {
  regularization: number;
  dropout: number;
  userExponent: number;
};

/** What each item of a history says about every other: `weights[i * size + j]` from row i to row j, 0 on the diagonal. */
export type EaseWeights = ActiveItems & { weights: Float32Array };

/** The item weights of EASE do not fit the memory that training may take. */
export class EaseTooLarge extends Error {
  constructor(items: number, { needed, given }: { needed: number; given: number }) {
    super(
      `EASE on ${items} items needs ${megabytes(needed)} MB for an item by item matrix; ${megabytes(given)} MB are given. ` +
        'Give it more memory, or take graph-filter, als or item-knn',
    );
    this.name = 'EaseTooLarge';
  }
}

/** Bytes of the item by item matrix. */
export function easeBytes(items: number): number {
  return items * items * Float32Array.BYTES_PER_ELEMENT;
}

/** Whether `easeWeights` has room; `context.kernels` holds nothing that could be released. */
export function easeFits(
  dataset: Dataset,
  context: Pick<TrainingContext, 'kernels' | 'memoryBytes'>,
): boolean {
  return neededBytes(activeItems(dataset).size) <= givenBytes(context);
}

/**
 * EASE (Steck 2019, "Embarrassingly shallow autoencoders for sparse data") with the denoising of Steck 2020 ("Autoencoders that don't
 * overfit towards the identity"): with G = X' W X (see `fillGram`),
 *
 *   P = inverse(G + regularization I + dropout / (1 - dropout) diag(G)),   weights = I - P diag(1 / diag(P))
 *
 * The weights lie in the kernels' memory until the caller releases it. Throws `EaseTooLarge`.
 */
export function easeWeights(
  dataset: Dataset,
  params: EaseTrainingParams,
  context: Pick<TrainingContext, 'kernels' | 'memoryBytes'>,
): EaseWeights {
  requireEaseFits(dataset, context);
  const active = activeItems(dataset);
  const { size } = active;
  const weights = context.kernels.f32(size * size);
  fillGram(weights, dataset, { active, userExponent: params.userExponent });
  addRidge(weights, size, params);
  context.kernels.invertPositive(weights, size);
  divideByDiagonal(weights, size);
  return { ...active, weights };
}

/** Throws `EaseTooLarge` where `easeWeights` would. */
export function requireEaseFits(
  dataset: Dataset,
  context: Pick<TrainingContext, 'kernels' | 'memoryBytes'>,
): void {
  const { size } = activeItems(dataset);
  const needed = neededBytes(size);
  const given = givenBytes(context);
  if (needed > given) throw new EaseTooLarge(size, { needed, given });
}

/** Packed panels of all threads. */
const SCRATCH_BYTES = 8e6;

/** The matrix, and the columns that its inversion keeps beside it. */
function neededBytes(items: number): number {
  return easeBytes(items) + 3 * SWEEP_WIDTH * items * Float32Array.BYTES_PER_ELEMENT + SCRATCH_BYTES;
}

function givenBytes({ kernels, memoryBytes }: { kernels: Kernels; memoryBytes: number }): number {
  return Math.min(memoryBytes, kernels.bytesLeft);
}

function addRidge(gram: Float32Array, size: number, { regularization, dropout }: EaseTrainingParams): void {
  const share = 1 + dropout / (1 - dropout);
  for (let row = 0; row < size; row++) {
    gram[row * size + row] = share * gram[row * size + row]! + regularization;
  }
}

function divideByDiagonal(matrix: Float32Array, size: number): void {
  const scale = Float32Array.from({ length: size }, (_, row) => -1 / matrix[row * size + row]!);
  for (let row = 0; row < size; row++) {
    const first = row * size;
    for (let column = 0; column < size; column++) matrix[first + column]! *= scale[column]!;
    matrix[first + row] = 0;
  }
}

function megabytes(bytes: number): string {
  return String(Math.ceil(bytes / 1e6));
}
