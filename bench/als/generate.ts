import { type Dataset, datasetOfColumns } from '../../core/learn/data/dataset.ts';
import { makeRoom, makeRowColumns } from '../../core/learn/data/row-columns.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';

export type Shape = { users: number; items: number; interactions: number };

/** The size of MovieLens-1M without each user's last item. */
export const MOVIELENS_1M: Shape = { users: 6040, items: 3706, interactions: 994_169 };

export type Generated = {
  dataset: Dataset;
  /** One more item of every user, at random, that is not in the data set. */
  heldOut: Int32Array;
  /** 99 items per user, in a row, that the user neither has nor holds out. */
  negatives: Int32Array;
};

export const NEGATIVES = 99;

const TOPICS = 30;
const TOPICS_PER_USER = 4;
/** A user takes at most this share of the items. */
const MOST_SHARE = 0.4;
/** Exponent of popularity by rank, and how far topics differ from it (standard deviation of the logarithm). */
const POPULARITY_EXPONENT = 0.95;
const TOPIC_SPREAD = 2.2;
/** Standard deviation of the logarithm of a user's activity. */
const ACTIVITY_SPREAD = 0.95;

/**
 * Users who each draw from a few of 30 topics; a topic is a distribution over items around a common power law, so that there is
 * something to learn beyond popularity. The same numbers for the same seed, in time proportional to the interactions.
 */
export function generate({ users, items, interactions }: Shape, seed: number): Generated {
  const random = seededRandom(seed);
  const topics = Array.from({ length: TOPICS }, () => new Float64Array(items));
  fillTopics(topics, random);
  const sizes = userSizes({ users, items, interactions }, random);
  const columns = makeRowColumns();
  const heldOut = new Int32Array(users);
  const negatives = new Int32Array(users * NEGATIVES);
  const takenBy = new Int32Array(items).fill(-1);
  const drawn = new Int32Array(items);
  for (let user = 0; user < users; user++) {
    const count = sizes[user]! + 1;
    drawItems(topics, random, { user, count, takenBy, drawn });
    const held = Math.floor(random() * count);
    heldOut[user] = drawn[held]!;
    drawn[held] = drawn[count - 1]!;
    for (let at = 0; at < count - 1; at++) {
      makeRoom(columns);
      const row = columns.size++;
      columns.user[row] = user;
      columns.item[row] = drawn[at]!;
      columns.weight[row] = 1;
      columns.at[row] = at;
    }
    for (let at = 0; at < NEGATIVES; at++) negatives[user * NEGATIVES + at] = untaken(random, takenBy, user);
  }
  const names = (of: string, count: number) => {
    const all = Array.from({ length: count }, (_, at) => `${of}${at}`);
    return { names: all, index: new Map(all.map((name, at) => [name, at])) };
  };
  return {
    dataset: datasetOfColumns({ columns, users: names('u', users), items: names('i', items) }),
    heldOut,
    negatives,
  };
}

/** Cumulative weights of the items of every topic. */
function fillTopics(topics: readonly Float64Array[], random: () => number): void {
  for (const topic of topics) {
    let sum = 0;
    for (let item = 0; item < topic.length; item++) {
      sum += (item + 10) ** -POPULARITY_EXPONENT * Math.exp(TOPIC_SPREAD * normal(random));
      topic[item] = sum;
    }
  }
}

/** Interactions per user, log-normal, that add up to those asked for. */
function userSizes({ users, items, interactions }: Shape, random: () => number): Int32Array {
  const most = Math.max(1, Math.floor(items * MOST_SHARE));
  if (interactions > users * most) throw new Error('too many interactions for so few users and items');
  const activity = Float64Array.from({ length: users }, () => Math.exp(ACTIVITY_SPREAD * normal(random)));
  const total = activity.reduce((sum, one) => sum + one, 0);
  const sizes = Int32Array.from(activity, (one) => Math.min(most, Math.floor((one / total) * interactions)));
  let missing = interactions - sizes.reduce((sum, size) => sum + size, 0);
  for (let user = 0; missing > 0; user = (user + 1) % users) {
    if (sizes[user]! >= most) continue;
    sizes[user]! += 1;
    missing -= 1;
  }
  return sizes;
}

type Draw = { user: number; count: number; takenBy: Int32Array; drawn: Int32Array };

/** Writes `count` distinct items of the user's topics to `drawn`. */
function drawItems(topics: readonly Float64Array[], random: () => number, draw: Draw): void {
  const { user, count, takenBy, drawn } = draw;
  const own = Array.from({ length: TOPICS_PER_USER }, () => topics[Math.floor(random() * topics.length)]!);
  for (let size = 0; size < count; ) {
    // The first topic is a user's favourite: it gives half of the items, the next half of the rest.
    let topic = 0;
    while (topic + 1 < own.length && random() < 0.5) topic += 1;
    const item = sample(own[topic]!, random);
    if (takenBy[item] === user) continue;
    takenBy[item] = user;
    drawn[size] = item;
    size += 1;
  }
}

function sample(cumulative: Float64Array, random: () => number): number {
  const at = random() * cumulative[cumulative.length - 1]!;
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

function untaken(random: () => number, takenBy: Int32Array, user: number): number {
  for (;;) {
    const item = Math.floor(random() * takenBy.length);
    if (takenBy[item] !== user) return item;
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
