import { distributions } from '../../adapters/numbers/distributions.ts';
import { compareMetric } from '../../core/experiments/results/compare-metric.ts';
import type { ArmMetric } from '../../core/experiments/results/sufficient-counts.ts';
import type { Metric } from '../../core/experiments/types.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { tableText } from '../live/table-text.ts';
import { normal, type Random, shareText } from './worlds.ts';

const RUNS = 1_000;
const USERS = 500;
const SEED = 20_261_124;
const LIFT = 0.1;
const METRIC: Metric = { name: 'spend', type: 'revenue', goal: 'increase' };

/** Values of deviation 1 around 10, and covariates that go with them by `rho`. */
const armOf = (variant: string, lift: number, rho: number, random: Random): ArmMetric => {
  let [sum, sumSquares, before, beforeSquares, products] = [0, 0, 0, 0, 0];
  for (let user = 0; user < USERS; user += 1) {
    const x = normal(random);
    const y = 10 + lift + rho * x + Math.sqrt(1 - rho * rho) * normal(random);
    sum += y;
    sumSquares += y * y;
    before += x;
    beforeSquares += x * x;
    products += x * y;
  }
  const raw = { users: USERS, sum, sumSquares };
  const covariate = { users: USERS, sum: before, sumSquares: beforeSquares };
  return { variant, raw, covariate: { metric: raw, covariate, products } };
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const varianceOf = (values: readonly number[]): number => {
  const mean = meanOf(values);
  return meanOf(values.map((x) => (x - mean) ** 2));
};

const rowOf = (rho: number): string[] => {
  const random = seededRandom(SEED + Math.round(100 * rho));
  const levels = { confidence: 0.95, distributions };
  const runs = Array.from({ length: RUNS }, () => {
    const arms = [armOf('a', 0, rho, random), armOf('b', LIFT, rho, random)];
    const { compared, cuped } = compareMetric(METRIC, arms, levels);
    return { one: compared[0]!, told: cuped!.varianceReduction };
  });
  const raw = runs.map(({ one }) => one.raw.lift.absolute);
  const adjusted = runs.map(({ one }) => one.cuped!.found.lift.absolute);
  const found = (of: readonly { pValue: number }[]): string =>
    shareText(of.filter(({ pValue }) => pValue <= 0.05).length, RUNS, 1);
  return [
    rho.toFixed(1),
    (rho * rho).toFixed(3),
    meanOf(runs.map(({ told }) => told)).toFixed(3),
    (1 - varianceOf(adjusted) / varianceOf(raw)).toFixed(3),
    meanOf(adjusted).toFixed(4),
    found(runs.map(({ one }) => one.raw)),
    found(runs.map(({ one }) => one.cuped!.found)),
  ];
};

/** What a covariate that correlates by rho takes away of the variance: rho squared. */
export const sayCuped = (say: (text: string) => void): void => {
  const head = [
    `rho; ${RUNS} tests of 2 x ${USERS} users`,
    'rho squared',
    'variance reduction as told',
    'of the estimates over all tests',
    `mean estimate of ${LIFT}`,
    'power plain',
    'power with CUPED',
  ];
  say(tableText([head, ...[0, 0.3, 0.5, 0.7, 0.9].map(rowOf)]));
};
