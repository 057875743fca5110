import { reweight } from '../../core/experiments/bandit/reweight.ts';
import type { DecisionLog } from '../../core/experiments/policy/types.ts';
import type { ArmCounts } from '../../core/experiments/results/types.ts';
import type { ExperimentBody, Metric } from '../../core/experiments/types.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';

/** Arms whose users do what is said, and how long one week of it is watched. */
export type BanditWorld = {
  readonly name: string;
  readonly metric: Metric;
  /** Of every arm: the share that converts, or the mean of what users spend (standard deviation `deviation`). */
  readonly means: readonly number[];
  readonly deviation?: number;
  readonly usersPerHour: number;
  readonly hours: number;
  /** Mean hours until a conversion is seen; 0: at once. */
  readonly delayHours?: number;
};

/** What became of one run. */
export type BanditRun = {
  /** Sum over the users of what the best arm brings on average less what their arm does. */
  readonly regret: number;
  readonly users: readonly number[];
  readonly weights: readonly number[];
  /** Smallest weight that an arm ever had. */
  readonly leastWeight: number;
  readonly changes: number;
  /** Every user's arm with its propensity, and what the user did in the end. */
  readonly log: DecisionLog;
};

type Arm = { users: number; sum: number; sumSquares: number };
type Late = { readonly at: number; readonly arm: number; readonly value: number };

const gaussian = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const valueFrom = (
  { means, metric, deviation = 1 }: BanditWorld,
  arm: number,
  random: () => number,
): number =>
  metric.type === 'binomial'
    ? Number(random() < means[arm]!)
    : Math.max(0, means[arm]! + deviation * gaussian(random));

const armOf = (weights: readonly number[], point: number): number => {
  let left = point;
  const arm = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return arm < 0 ? weights.length - 1 : arm;
};

const countsOf = (arms: readonly Arm[], metric: string): ArmCounts[] =>
  arms.map(({ users, sum, sumSquares }, arm) => ({
    variant: String(arm),
    users,
    metrics: { [metric]: { sum, sumSquares } },
  }));

const see = (arm: Arm, value: number): void => {
  arm.sum += value;
  arm.sumSquares += value * value;
};

const bodyOf = ({ metric, means }: BanditWorld): ExperimentBody => ({
  key: 'bandit',
  name: 'bandit',
  kind: 'bandit',
  variants: means.map((_, arm) => ({ key: String(arm), weight: 1 / means.length })),
  coverage: 1,
  metrics: [metric],
  status: 'running',
});

type Row = { readonly arm: number; readonly value: number; readonly propensity: number };

type State = { readonly arms: Arm[]; readonly rows: Row[]; late: Late[]; body: ExperimentBody };

const weightsOf = ({ body }: State): number[] => body.variants.map(({ weight }) => weight);

/** The users of an hour get arms by the weights of then; what they do is seen at once or later. */
const serveHour = (state: State, world: BanditWorld, hour: number, random: () => number): void => {
  const weights = weightsOf(state);
  for (let user = 0; user < world.usersPerHour; user += 1) {
    const arm = armOf(weights, random());
    state.arms[arm]!.users += 1;
    const at = hour - (world.delayHours ?? 0) * Math.log(1 - random());
    const value = valueFrom(world, arm, random);
    state.rows.push({ arm, value, propensity: weights[arm]! });
    state.late.push({ at, arm, value });
  }
  for (const { at, arm, value } of state.late) if (at < hour + 1) see(state.arms[arm]!, value);
  state.late = state.late.filter(({ at }) => at >= hour + 1);
};

/** True where the weights moved. */
const moveWeights = (state: State, { metric }: BanditWorld): boolean => {
  const moved = reweight(state.body, countsOf(state.arms, metric.name));
  if (!moved) return false;
  const variants = state.body.variants.map((one, arm) => ({ ...one, weight: moved.weights[arm]! }));
  state.body = { ...state.body, variants };
  return true;
};

const logFrom = (rows: readonly Row[], actionCount: number): DecisionLog => ({
  contexts: new Int32Array(rows.length),
  actions: Int32Array.from(rows, ({ arm }) => arm),
  rewards: Float64Array.from(rows, ({ value }) => value),
  propensities: Float64Array.from(rows, ({ propensity }) => propensity),
  contextCount: 1,
  actionCount,
});

const bestOf = ({ means, metric }: BanditWorld): number =>
  metric.goal === 'decrease' ? Math.min(...means) : Math.max(...means);

/** One run of the product's own hourly reweighting (floor .05, burn-in 100). */
export const runBandit = (world: BanditWorld, seed: number): BanditRun => {
  const random = seededRandom(seed);
  const arms = world.means.map(() => ({ users: 0, sum: 0, sumSquares: 0 }));
  const state: State = { arms, rows: [], late: [], body: bodyOf(world) };
  let [leastWeight, changes] = [1, 0];
  for (let hour = 0; hour < world.hours; hour += 1) {
    leastWeight = Math.min(leastWeight, ...weightsOf(state));
    serveHour(state, world, hour, random);
    if (moveWeights(state, world)) changes += 1;
  }
  const best = bestOf(world);
  return {
    regret: state.rows.reduce((sum, { arm }) => sum + Math.abs(best - world.means[arm]!), 0),
    users: arms.map(({ users }) => users),
    weights: weightsOf(state),
    leastWeight,
    changes,
    log: logFrom(state.rows, arms.length),
  };
};

/** What an even split loses on average over as many users. */
export const evenRegret = (world: BanditWorld): number => {
  const { means, usersPerHour, hours } = world;
  const best = bestOf(world);
  const lost = means.reduce((sum, mean) => sum + Math.abs(best - mean), 0) / means.length;
  return lost * usersPerHour * hours;
};
