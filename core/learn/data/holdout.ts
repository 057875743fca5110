import { type Dataset, withoutLatest } from './dataset.ts';

/** The newest item of some users, taken out of what is trained on. `heldBack[k]` is that of `users[k]`. */
export type Holdout = { train: Dataset; users: Int32Array; heldBack: Int32Array };

/** A user needs this many items to be asked about the last one. */
const LEAST_ITEMS = 3;

/**
 * Holds back the newest item of at most `most` users who have enough, spread evenly over all of them, so that the
 * choice is the same for the same rows.
 */
export function holdOutLatest(dataset: Dataset, most: number): Holdout {
  const able: number[] = [];
  for (let user = 0; user < dataset.users.length; user++) {
    if (dataset.userStart[user + 1]! - dataset.userStart[user]! >= LEAST_ITEMS) able.push(user);
  }
  const size = Math.min(most, able.length);
  const users = Int32Array.from({ length: size }, (_, at) => able[Math.floor((at * able.length) / size)]!);
  const heldBack = users.map((user) => dataset.userItem[dataset.userStart[user + 1]! - 1]!);
  return { train: withoutLatest(dataset, users), users, heldBack };
}
