import { seededRandom } from '../../../numbers/seeded-random.ts';
import { shuffled } from '../folds.ts';
import type { Table } from '../standardize.ts';
import { seedCentroids } from './seed-centroids.ts';

export type Clustering = {
  /** clusters x columns, row-major. */
  centroids: Float64Array;
  clusters: number;
  assignment: Int32Array;
  sizes: number[];
  /** Sum of squared distances to the own centroid. */
  inertia: number;
  iterations: number;
};

export type KMeansOptions = { clusters: number; seed: number; restarts?: number; maxIterations?: number };

/** Restarts look for good seeds on this many points at most; only the best of them sees all points. */
const SAMPLE = 10_000;
/** A pass that improves the inertia by less than this share is the last. */
const TOLERANCE = 1e-5;

/** Assigns every point to its nearest centroid (ties: the first), fills `distances` (squared), and returns their sum. */
const assign = (
  points: Table,
  centroids: Float64Array,
  nearest: Int32Array,
  distances: Float64Array,
): number => {
  const { values, rows, columns } = points;
  const clusters = centroids.length / columns;
  let inertia = 0;
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    let best = Number.POSITIVE_INFINITY;
    let cluster = 0;
    for (let k = 0; k < clusters; k++) {
      const from = k * columns;
      let distance = 0;
      for (let j = 0; j < columns; j++) {
        const difference = values[at + j]! - centroids[from + j]!;
        distance += difference * difference;
      }
      if (distance < best) {
        best = distance;
        cluster = k;
      }
    }
    nearest[row] = cluster;
    distances[row] = best;
    inertia += best;
  }
  return inertia;
};

const farthest = (distances: Float64Array): number => {
  let at = 0;
  for (let row = 1; row < distances.length; row++) if (distances[row]! > distances[at]!) at = row;
  return at;
};

/** Moves the centroids to the means of their points; one that lost all of its points goes to the worst served point. */
const move = (
  { values, rows, columns }: Table,
  centroids: Float64Array,
  nearest: Int32Array,
  distances: Float64Array,
): Int32Array => {
  const sizes = new Int32Array(centroids.length / columns);
  const sums = new Float64Array(centroids.length);
  for (let row = 0; row < rows; row++) {
    const k = nearest[row]!;
    sizes[k]! += 1;
    for (let j = 0; j < columns; j++) sums[k * columns + j]! += values[row * columns + j]!;
  }
  for (let k = 0; k < sizes.length; k++) {
    if (sizes[k] === 0) {
      const row = farthest(distances);
      distances[row] = 0;
      centroids.set(values.subarray(row * columns, (row + 1) * columns), k * columns);
      continue;
    }
    for (let j = 0; j < columns; j++) centroids[k * columns + j] = sums[k * columns + j]! / sizes[k]!;
  }
  return sizes;
};

/** Lloyd's algorithm from the given centroids, which it changes. */
const refine = (points: Table, centroids: Float64Array, maxIterations: number): Clustering => {
  const assignment = new Int32Array(points.rows);
  const distances = new Float64Array(points.rows);
  let inertia = assign(points, centroids, assignment, distances);
  let iterations = 0;
  while (iterations < maxIterations) {
    iterations += 1;
    const before = inertia;
    const emptied = move(points, centroids, assignment, distances).includes(0);
    inertia = assign(points, centroids, assignment, distances);
    if (!emptied && before - inertia <= TOLERANCE * before) break;
  }
  const clusters = centroids.length / points.columns;
  const sizes = new Array<number>(clusters).fill(0);
  for (const cluster of assignment) sizes[cluster]! += 1;
  return { centroids, clusters, assignment, sizes, inertia, iterations };
};

/** Points at random, at most `SAMPLE`. */
const sampleOf = (points: Table, seed: number): Table => {
  if (points.rows <= SAMPLE) return points;
  const { columns } = points;
  const values = new Float64Array(SAMPLE * columns);
  shuffled(points.rows, seed)
    .subarray(0, SAMPLE)
    .forEach((row, n) => {
      values.set(points.values.subarray(row * columns, (row + 1) * columns), n * columns);
    });
  return { values, rows: SAMPLE, columns };
};

/**
 * k-means by Lloyd's algorithm from k-means++ seeds (Arthur and Vassilvitskii 2007), the best of several restarts. The same
 * under the same seed. Where there are fewer distinct points than clusters, there are as many clusters as points.
 * @throws RangeError without any point
 */
export const kMeans = (points: Table, options: KMeansOptions): Clustering => {
  const { clusters, seed, restarts = 8, maxIterations = 100 } = options;
  if (points.rows === 0) throw new RangeError('k-means needs at least one point');
  const random = seededRandom(seed);
  const sample = sampleOf(points, seed);
  let best: Clustering | undefined;
  for (let n = 0; n < restarts; n++) {
    const found = refine(sample, seedCentroids(sample, clusters, random), maxIterations);
    if (best === undefined || found.inertia < best.inertia) best = found;
  }
  if (best === undefined) throw new RangeError('k-means needs at least one restart');
  return sample === points ? best : refine(points, best.centroids, maxIterations);
};
