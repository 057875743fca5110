import { type Kernels, OutOfKernelMemory } from '../../../numbers/kernels.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { History, Model, Scorer, TrainingContext } from '../model.ts';
import { ALS_DEFAULTS, ALS_PARAMETERS, type AlsParams } from './als-params.ts';
import { type AlsProblem, chooseAls } from './choose-als.ts';
import { type AlsFactors, alsFactors, filledRows } from './factors.ts';
import { distinctItems, foldIn } from './fold-in.ts';

/** Implicit matrix factorisation by alternating least squares; see `alsFactors`. */
export const alsModel: Model<AlsParams> = {
  name: 'als',
  description: 'implicit matrix factorisation by alternating least squares, frequency-scaled regularisation',
  parameters: ALS_PARAMETERS,
  defaults: ALS_DEFAULTS,
  train: (dataset, params, context) => trainScorer(dataset, params, context),
  choose(train, judge, { context, fixed, cases }) {
    const { kernels } = context;
    let trials = 0;
    const qualityOf = (params: AlsParams): number => {
      const mark = kernels.mark();
      context.onProgress?.('als, trials', ++trials, Number.NaN);
      try {
        return judge(trainScorer(train, params, { ...context, onProgress: undefined }));
      } catch (error) {
        // More dimensions than the memory holds are no choice; the smaller ones tried before are.
        if (error instanceof OutOfKernelMemory && trials > 1) return Number.NEGATIVE_INFINITY;
        throw error;
      } finally {
        kernels.release(mark);
      }
    };
    return chooseAls(qualityOf, { fixed, problem: problemOf(train, cases.histories.length) });
  },
};

function problemOf({ userStart, itemStart, size }: Dataset, cases: number): AlsProblem {
  return { users: filledRows(userStart), items: filledRows(itemStart), interactions: size, cases };
}

function trainScorer(dataset: Dataset, params: AlsParams, context: TrainingContext): Scorer {
  const factors = alsFactors(dataset, params, {
    kernels: context.kernels,
    seed: context.seed,
    onPass: (done, total) => context.onProgress?.('als', done, total),
  });
  return alsScorer(dataset, factors, { params, kernels: context.kernels });
}

/** Scores by the trained vector of a user whose history is that of the training, by a folded-in one otherwise. */
export function alsScorer(
  dataset: Dataset,
  factors: AlsFactors,
  { params, kernels }: { params: AlsParams; kernels: Kernels },
): Scorer {
  const { dimensions } = factors;
  const items = dataset.items.length;
  const columns = filledRows(dataset.itemStart);
  return {
    score(histories, out) {
      const mark = kernels.mark();
      const vectors = kernels.f32(histories.length * dimensions);
      const strangers = histories.flatMap((history, row) => (isTrained(dataset, history) ? [] : [row]));
      if (strangers.length > 0) {
        const ids = strangers.map((row) => distinctItems(histories[row]!));
        const folded = foldIn({ ids, fixed: factors.items, columns }, params, kernels);
        strangers.forEach((row, at) => {
          vectors.set(folded.subarray(at * dimensions, (at + 1) * dimensions), row * dimensions);
        });
      }
      histories.forEach((history, row) => {
        if (!isTrained(dataset, history)) return;
        const first = history.user! * dimensions;
        vectors.set(factors.users.subarray(first, first + dimensions), row * dimensions);
      });
      kernels.multiplyTransposed({
        left: vectors,
        right: factors.items,
        out,
        rows: histories.length,
        columns: items,
        inner: dimensions,
      });
      kernels.release(mark);
    },
  };
}

function isTrained({ userStart }: Dataset, { user, items }: History): boolean {
  if (user === undefined || user + 1 >= userStart.length) return false;
  return items.length > 0 && userStart[user + 1]! - userStart[user]! === items.length;
}
