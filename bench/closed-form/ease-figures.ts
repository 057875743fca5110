import { openKernels } from '../../adapters/kernels/kernels.ts';
import { EASE_DEFAULTS } from '../../core/learn/models/ease/ease-params.ts';
import { easeWeights } from '../../core/learn/models/ease/ease-weights.ts';
import { generate, MOVIELENS_1M, type Shape } from '../als/generate.ts';
import { measured, spentText } from './measure.ts';

const BEAUTY: Shape = { users: 22_363, items: 12_101, interactions: 176_139 };

/** Trains EASE at the sizes of MovieLens-1M and of Beauty. */
export function easeFigures(): void {
  for (const shape of [MOVIELENS_1M, BEAUTY]) {
    const { dataset } = generate(shape, 1);
    const kernels = openKernels();
    const { result, ...spent } = measured(() =>
      easeWeights(dataset, EASE_DEFAULTS, { kernels, memoryBytes: 4e9 }),
    );
    const rate = result.size ** 3 / spent.seconds / 1e9;
    console.log(
      `ease, ${result.size} items, ${kernels.threads} threads: ${spentText(spent)}, ${rate.toFixed(0)} Gflop/s`,
    );
    kernels.close();
  }
}
