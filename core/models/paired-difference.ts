import { seededRandom } from '../numbers/seeded-random.ts';

/** How two models differ on the same users: mean of a - b, and how likely the true mean is below 0. */
export type PairedDifference = { mean: number; low: number; high: number; chanceWorse: number };

const RESAMPLES = 1_000;
const SEED = 20_261;

/**
 * Paired bootstrap (Efron 1979): the users are drawn anew with replacement 1,000 times, from a fixed seed. `low` and `high`
 * bound the middle 90 % of the resampled means, `chanceWorse` is the share of them below 0 (ties count half).
 */
export const pairedDifference = (a: ArrayLike<number>, b: ArrayLike<number>): PairedDifference => {
  const users = a.length;
  if (users === 0) return { mean: 0, low: 0, high: 0, chanceWorse: 0.5 };
  const differences = Float64Array.from({ length: users }, (_, at) => a[at]! - b[at]!);
  const random = seededRandom(SEED);
  const means = new Float64Array(RESAMPLES);
  let below = 0;
  for (let round = 0; round < RESAMPLES; round++) {
    let sum = 0;
    for (let draw = 0; draw < users; draw++) sum += differences[(random() * users) | 0]!;
    means[round] = sum / users;
    below += sum < 0 ? 1 : sum === 0 ? 0.5 : 0;
  }
  means.sort();
  return {
    mean: differences.reduce((sum, difference) => sum + difference, 0) / users,
    low: means[Math.floor(RESAMPLES * 0.05)]!,
    high: means[Math.ceil(RESAMPLES * 0.95) - 1]!,
    chanceWorse: below / RESAMPLES,
  };
};
