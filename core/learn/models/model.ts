import type { CatalogItem } from '../../catalog/types.ts';
import type { Kernels } from '../../numbers/kernels.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Sequences } from '../data/sequences.ts';
import type { Cases } from '../evaluate/cases.ts';

/** What one user did, oldest first, by item number of the data set; `times` in ms (or any order). */
export type History = {
  /** Number of the user in the data set, where the model may have trained on this very user. */
  user?: number;
  items: Int32Array;
  weights: Float32Array;
  times: Float64Array;
};

/** A trained model: histories in, a score for every item out. */
export type Scorer = {
  /**
   * Writes the score of every item of the data set into `out` (histories x items, row-major). An item for which the model has
   * nothing to say gets 0 or less than any that it recommends; the history's own items are scored like all others.
   */
  score(histories: readonly History[], out: Float32Array): void;
};

/** What training may use besides the interactions. */
export type TrainingContext = {
  kernels: Kernels;
  seed: number;
  /** Texts and tags, by item id; empty where there are none. */
  catalog: readonly CatalogItem[];
  /** Bytes that the training may take, for models whose memory grows with the square of the catalogue. */
  memoryBytes: number;
  /** The same rows with repeats kept, numbered like the data set; there where sessions are evaluated. */
  sequences?: Sequences;
  onProgress?: (phase: string, done: number, total: number) => void;
};

/** How well a scorer ranks on the validation split that the caller cut from the training rows; greater is better. */
export type Judge = (scorer: Scorer) => number;

export type Choice<Params> = { params: Params; tried: { params: Params; quality: number }[] };

/** One kind of model: how it is trained, and how its parameters are chosen. */
export type Model<Params extends object> = {
  readonly name: string;
  /** One line for `--help`. */
  readonly description: string;
  /** Every parameter with what it means, for `--help` and for refusing unknown or out-of-range ones. */
  readonly parameters: { readonly [Name in keyof Params]: ParameterDoc };
  readonly defaults: Params;
  train(dataset: Dataset, params: Params, context: TrainingContext): Scorer;
  /**
   * Chooses what `fixed` leaves open on a validation split: `train` is what is left for training, `judge` measures on `cases`,
   * and `context.sequences` are those of `train`. Without it the defaults serve.
   */
  choose?(
    train: Dataset,
    judge: Judge,
    options: { context: TrainingContext; fixed: Partial<Params>; cases: Cases },
  ): Choice<Params>;
};

export type ParameterDoc = {
  readonly meaning: string;
  readonly least?: number;
  readonly most?: number;
  readonly integer?: boolean;
  /** False: `choose` leaves it at its default, so that nothing is left to choose where all others are given. */
  readonly chosen?: false;
};
