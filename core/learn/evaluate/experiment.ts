import type { Dataset } from '../data/dataset.ts';
import type { Sequences } from '../data/sequences.ts';
import type { History } from '../models/model.ts';
import type { Cases } from './cases.ts';

/** What is trained on and what is asked afterwards. `sequences` are those of `train`, where sessions are evaluated. */
export type Experiment = { train: Dataset; cases: Cases; sequences?: Sequences };

/** A user's row of a data set, as a model is asked; views into the data set, no copies. */
export function historyOf(dataset: Dataset, user: number): History {
  const first = dataset.userStart[user]!;
  const end = dataset.userStart[user + 1]!;
  return {
    user,
    items: dataset.userItem.subarray(first, end),
    weights: dataset.userWeight.subarray(first, end),
    times: dataset.userTime.subarray(first, end),
  };
}

/** The history of somebody who has done nothing yet. */
export const NO_HISTORY: History = {
  items: new Int32Array(0),
  weights: new Float32Array(0),
  times: new Float64Array(0),
};

/** Asks users about their targets, among all items but those that they have in `train`. */
export function casesOfUsers(train: Dataset, users: Int32Array, targets: readonly Int32Array[]): Cases {
  const histories = Array.from(users, (user) => historyOf(train, user));
  return { histories, targets, excluded: histories.map(({ items }) => items) };
}
