import type { Dataset } from './dataset.ts';

const DAY_MS = 86_400_000;

/**
 * The weight of every interaction, halved for each half-life that it is older than the newest one (0: never), in units
 * of the mean, so that shrinkage means the same for any scale of feedback strengths.
 */
export function interactionWeights(dataset: Dataset, halfLifeDays: number): Float32Array {
  const newest = dataset.userTime.reduce((latest, at) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
  const decayed = dataset.userWeight.map(
    (weight, at) => weight * halvings(newest - dataset.userTime[at]!, halfLifeDays),
  );
  const mean = decayed.reduce((sum, weight) => sum + weight, 0) / Math.max(1, dataset.size);
  return mean > 0 ? decayed.map((weight) => weight / mean) : decayed;
}

function halvings(ageMs: number, halfLifeDays: number): number {
  return halfLifeDays > 0 ? 0.5 ** (ageMs / (halfLifeDays * DAY_MS)) : 1;
}
