import type { ArmCounts } from '../results/types.ts';
import type { Sufficient } from '../statistics/sufficient.ts';
import type { ExperimentBody, Metric } from '../types.ts';
import { type ArmWeights, armWeights, DEFAULT_BURN_IN, DEFAULT_FLOOR } from './arm-weights.ts';

/** What the weights of new users become, by the order of the variants, and why in one sentence. */
export type Reweighting = { readonly weights: readonly number[]; readonly reason: string };

/** A change is worth a new version of the experiment where a weight moves by more than five percentage points. */
const LEAST_MOVE = 0.05;

/** What the bandit needs of an experiment. */
export type BanditBody = Pick<ExperimentBody, 'kind' | 'variants' | 'metrics' | 'bandit'>;

/** The metric that a bandit maximises: the one it names, else the first that is no guardrail. */
export const banditMetric = ({
  metrics,
  bandit,
}: Pick<BanditBody, 'metrics' | 'bandit'>): Metric | undefined =>
  bandit?.metric === undefined
    ? metrics.find(({ guardrail }) => !guardrail)
    : metrics.find(({ name }) => name === bandit.metric);

/** Heavy tails are cut where their cap is known: one large order would move everybody. */
const statisticsOf = (counts: ArmCounts | undefined, metric: Metric): Sufficient => {
  const done = counts?.metrics[metric.name];
  const { sum = 0, sumSquares = 0 } = done?.winsorized ?? done ?? {};
  return { users: counts?.users ?? 0, sum, sumSquares };
};

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;

type Found = ArmWeights & { readonly users: readonly number[]; readonly burnIn: number };

const reasonOf = ({ variants }: BanditBody, metric: Metric, found: Found): string => {
  const { chances, users, burnIn } = found;
  if (!chances && users.some((count) => count < burnIn)) {
    return `Equal weights until every arm has ${burnIn} users; the smallest has ${Math.min(...users)}`;
  }
  if (!chances) return `Equal weights: all users have the same value of ${metric.name}`;
  const rows = variants.map(({ key }, arm) => `${key} ${percent(chances[arm]!)}`);
  const seen = users.reduce((sum, count) => sum + count, 0);
  return `Probability of being best by ${metric.name} after ${seen} users: ${rows.join(', ')}`;
};

/**
 * The weights that a bandit gives new users from now on; users who saw an arm keep it (`assign`). Undefined where there is nothing to
 * change: no bandit, no metric, or no weight moves by more than five percentage points. The same counts give the same weights, so
 * that a repeated run changes nothing.
 */
export const reweight = (body: BanditBody, arms: readonly ArmCounts[]): Reweighting | undefined => {
  const metric = banditMetric(body);
  if (body.kind !== 'bandit' || !metric) return undefined;
  const { floor = DEFAULT_FLOOR, burnIn = DEFAULT_BURN_IN } = body.bandit ?? {};
  const byVariant = new Map(arms.map((counts) => [counts.variant, counts]));
  const statistics = body.variants.map(({ key }) => statisticsOf(byVariant.get(key), metric));
  const found = armWeights(statistics, { type: metric.type, goal: metric.goal, floor, burnIn });
  const moved = found.weights.some(
    (weight, arm) => Math.abs(weight - body.variants[arm]!.weight) > LEAST_MOVE,
  );
  if (!moved) return undefined;
  const users = statistics.map((one) => one.users);
  return { weights: found.weights, reason: reasonOf(body, metric, { ...found, users, burnIn }) };
};
