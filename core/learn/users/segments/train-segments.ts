import { standardizationOf, standardized, type Table } from '../standardize.ts';
import type { SegmentModel } from '../types.ts';
import { clusterNames } from './cluster-names.ts';
import { kMeans } from './k-means.ts';

export const CLUSTERS = 5;

export type SegmentReport = {
  samples: number;
  clusters: { name: string; users: number }[];
  inertia: number;
  /** Share of the variance that the segments explain, 0-1. */
  explained: number;
  iterations: number;
};

const rounded = (x: number): number => Math.round(x * 1e6) / 1e6;

/** Segments of behaviour vectors: standardised, five clusters, the largest first. Throws RangeError without rows. */
export const trainSegments = (
  vectors: Table,
  { features, seed, clusters = CLUSTERS }: { features: readonly string[]; seed: number; clusters?: number },
): { model: SegmentModel; report: SegmentReport } => {
  const standardization = standardizationOf(vectors);
  const points = standardized(vectors, standardization);
  const found = kMeans(points, { clusters, seed });
  const bySize = found.sizes.map((_, k) => k).sort((a, b) => found.sizes[b]! - found.sizes[a]! || a - b);
  const centroids = bySize.map((k) =>
    Array.from(found.centroids.subarray(k * points.columns, (k + 1) * points.columns), rounded),
  );
  const sizes = bySize.map((k) => found.sizes[k]!);
  const names = clusterNames(features, centroids);
  const total = points.values.reduce((sum, x) => sum + x * x, 0);
  return {
    model: { features: [...features], standardization, centroids, names, sizes },
    report: {
      samples: points.rows,
      clusters: names.map((name, k) => ({ name, users: sizes[k]! })),
      inertia: found.inertia,
      explained: total === 0 ? 0 : 1 - found.inertia / total,
      iterations: found.iterations,
    },
  };
};
