import type { History } from '../models/model.ts';

/**
 * What a model is asked: after history k, where do `targets[k]` rank? Every item of the data set is ranked but those of
 * `excluded[k]`, or only `candidates[k]` and the targets where candidates are given. A target of -1 is an item that the
 * data set does not know: nothing can find it.
 */
export type Cases = {
  readonly histories: readonly History[];
  readonly targets: readonly Int32Array[];
  /** Items that are not offered, usually the history's own; absent: every item may be recommended again. */
  readonly excluded?: readonly Int32Array[];
  readonly candidates?: readonly Int32Array[];
};
