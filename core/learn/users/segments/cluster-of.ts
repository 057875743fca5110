import type { Cluster, SegmentModel } from '../types.ts';

/** The segment whose centroid is nearest to the behaviour vector (in the order of `model.features`). */
export const clusterOf = (model: SegmentModel, vector: ArrayLike<number>): Cluster => {
  const { means, scales } = model.standardization;
  const nearest = { index: 0, squared: Number.POSITIVE_INFINITY };
  model.centroids.forEach((centroid, index) => {
    let squared = 0;
    for (let j = 0; j < centroid.length; j++) {
      squared += ((vector[j]! - means[j]!) / scales[j]! - centroid[j]!) ** 2;
    }
    if (squared < nearest.squared) Object.assign(nearest, { index, squared });
  });
  return {
    name: model.names[nearest.index] ?? '',
    index: nearest.index,
    distance: Math.sqrt(nearest.squared),
  };
};
