import { type Dataset, withoutLatest, withoutMarked } from '../data/dataset.ts';
import type { Cases } from './cases.ts';
import { casesOfUsers, type Experiment, historyOf, NO_HISTORY } from './experiment.ts';

/** Holds back the newest item of each of these users; a user without any is left out. */
export function leaveLatestOut(dataset: Dataset, users: Int32Array): Experiment {
  const asked = users.filter((user) => itemsOf(dataset, user) > 0);
  const train = withoutLatest(dataset, asked);
  const targets = Array.from(asked, (user) => {
    const end = dataset.userStart[user + 1]!;
    return dataset.userItem.slice(end - 1, end);
  });
  return { train, cases: casesOfUsers(train, asked, targets) };
}

/** Users with at least this many items, at most `most` of them, spread evenly, so that the same rows give the same users. */
export function usersWith(dataset: Dataset, least: number, most = Number.POSITIVE_INFINITY): Int32Array {
  const able: number[] = [];
  for (let user = 0; user < dataset.users.length; user++) {
    if (itemsOf(dataset, user) >= least) able.push(user);
  }
  const size = Math.min(most, able.length);
  return Int32Array.from({ length: size }, (_, at) => able[Math.floor((at * able.length) / size)]!);
}

/** Trains on the first `share` of all interactions by time and asks each user about the later ones; equal times stay together. */
export function splitByTime(dataset: Dataset, share: number): Experiment {
  const times = dataset.userTime.slice().sort();
  const cut = times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const dropped = Uint8Array.from(dataset.userTime, (time) => (time >= cut ? 1 : 0));
  return holdOutMarked(dataset, dropped);
}

export type ShareOptions = {
  users: Int32Array;
  /** Share of each user's items, at least one item and never all. */
  share: number;
  /** The latest ones; otherwise at random. */
  latest: boolean;
  random: () => number;
};

/** Holds back a share of the items of each of these users. */
export function holdOutShare(dataset: Dataset, { users, share, latest, random }: ShareOptions): Experiment {
  const dropped = new Uint8Array(dataset.size);
  for (const user of users) {
    const own = itemsOf(dataset, user);
    const end = dataset.userStart[user + 1]!;
    let left = Math.min(own - 1, Math.max(1, Math.round(own * share)));
    for (let seen = 0; seen < own && left > 0; seen++) {
      if (!latest && random() * (own - seen) >= left) continue;
      dropped[end - 1 - seen] = 1;
      left -= 1;
    }
  }
  return holdOutMarked(dataset, dropped);
}

/** What was held back elsewhere: items by name for users by name, in a data set of its own, and candidates by user name. */
export type GivenTest = { test: Dataset; candidates?: ReadonlyMap<string, readonly string[]> };

/**
 * Asks every user of the test about the test items, users that `train` does not know with an empty history. Where candidates
 * are given only users that have some are asked. Items that `train` does not know become -1.
 */
export function askGiven(train: Dataset, { test, candidates }: GivenTest): Experiment {
  const numberOf = new Map(train.users.map((name, user) => [name, user]));
  const asked = test.users.flatMap((name, user) =>
    itemsOf(test, user) > 0 && (candidates === undefined || candidates.has(name)) ? [user] : [],
  );
  const histories = asked.map((user) => {
    const known = numberOf.get(test.users[user]!);
    return known === undefined ? NO_HISTORY : historyOf(train, known);
  });
  const itemNumber = (name: string) => train.itemIndex.get(name) ?? -1;
  const cases: Cases = {
    histories,
    targets: asked.map((user) => historyOf(test, user).items.map((item) => itemNumber(test.items[item]!))),
    excluded: histories.map(({ items }) => items),
  };
  if (candidates === undefined) return { train, cases };
  return {
    train,
    cases: {
      ...cases,
      candidates: asked.map((user) => Int32Array.from(candidates.get(test.users[user]!)!, itemNumber)),
    },
  };
}

function holdOutMarked(dataset: Dataset, dropped: Uint8Array): Experiment {
  const train = withoutMarked(dataset, dropped);
  const users = usersWith(dataset, 1).filter((user) => itemsOf(train, user) < itemsOf(dataset, user));
  const targets = Array.from(users, (user) => {
    const first = dataset.userStart[user]!;
    return dataset.userItem
      .subarray(first, dataset.userStart[user + 1]!)
      .filter((_, at) => dropped[first + at] === 1);
  });
  return { train, cases: casesOfUsers(train, users, targets) };
}

function itemsOf(dataset: Dataset, user: number): number {
  return dataset.userStart[user + 1]! - dataset.userStart[user]!;
}
