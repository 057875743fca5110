import type { Table } from '../standardize.ts';

const drawn = (weights: Float64Array, total: number, random: () => number): number => {
  let left = random() * total;
  let last = 0;
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] === 0) continue;
    last = row;
    left -= weights[row]!;
    if (left < 0) return row;
  }
  return last;
};

/** Squared distances to the point `row`, where they are smaller than `before`, into `after`; returns their sum. */
const lowered = (
  { values, rows, columns }: Table,
  row: number,
  before: Float64Array,
  after: Float64Array,
): number => {
  const from = row * columns;
  let total = 0;
  for (let other = 0; other < rows; other++) {
    const at = other * columns;
    let distance = 0;
    for (let j = 0; j < columns; j++) {
      const difference = values[at + j]! - values[from + j]!;
      distance += difference * difference;
    }
    const least = Math.min(distance, before[other]!);
    after[other] = least;
    total += least;
  }
  return total;
};

/**
 * Seeds by greedy k-means++ (Arthur and Vassilvitskii 2007): the first at random, for every further one the best of a few
 * points drawn by the squared distance to their nearest seed. Fewer than `clusters` where there are no more distinct
 * points. Row-major.
 */
export const seedCentroids = (points: Table, clusters: number, random: () => number): Float64Array => {
  const { values, rows, columns } = points;
  const candidates = 2 + Math.floor(Math.log(clusters));
  const seeds = [Math.floor(random() * rows)];
  let distances = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  let tried = new Float64Array(rows);
  let best = new Float64Array(rows);
  let total = lowered(points, seeds[0]!, distances, distances);
  while (seeds.length < clusters && total > 0) {
    let least = Number.POSITIVE_INFINITY;
    let chosen = 0;
    for (let n = 0; n < candidates; n++) {
      const row = drawn(distances, total, random);
      const sum = lowered(points, row, distances, tried);
      if (sum >= least) continue;
      least = sum;
      chosen = row;
      [best, tried] = [tried, best];
    }
    seeds.push(chosen);
    total = least;
    [distances, best] = [best, distances];
  }
  const centroids = new Float64Array(seeds.length * columns);
  seeds.forEach((row, k) => {
    centroids.set(values.subarray(row * columns, (row + 1) * columns), k * columns);
  });
  return centroids;
};
