import { distributions } from '../../adapters/numbers/distributions.ts';
import { evaluatePolicy } from '../../core/experiments/policy/evaluate-policy.ts';
import { fixed, tableText } from '../live/table-text.ts';
import { type BanditRun, type BanditWorld, evenRegret, runBandit } from './bandit-world.ts';

const RUNS = 40;
const SEED = 20_261_121;

const signup = { name: 'signup', type: 'binomial', goal: 'increase' } as const;
const spend = { name: 'spend', type: 'revenue', goal: 'increase' } as const;
const wait = { name: 'wait', type: 'duration', goal: 'decrease' } as const;

/** A week each, 60 new users an hour. */
const week = { usersPerHour: 60, hours: 168 };

const WORLDS: readonly BanditWorld[] = [
  { name: 'binomial .05 .05 .06 .08', metric: signup, means: [0.05, 0.05, 0.06, 0.08], ...week },
  { name: 'binomial .10 .11', metric: signup, means: [0.1, 0.11], ...week },
  { name: 'binomial .05 .08, a day late', metric: signup, means: [0.05, 0.08], ...week, delayHours: 24 },
  { name: 'normal 20 21 22 (sd 8)', metric: spend, means: [20, 21, 22], deviation: 8, ...week },
  { name: 'normal, lower is better', metric: wait, means: [20, 19, 18], deviation: 8, ...week },
  { name: 'binomial, all .05', metric: signup, means: [0.05, 0.05, 0.05], ...week },
];

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard error of the mean. */
const errorOf = (values: readonly number[]): number => {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
};

const bestOf = ({ means, metric }: BanditWorld): number =>
  means.indexOf(metric.goal === 'decrease' ? Math.min(...means) : Math.max(...means));

/** How often the doubly robust interval of "this arm for everybody", from the bandit's own log, holds what the arm truly brings. */
const coverageOf = ({ means }: BanditWorld, runs: readonly BanditRun[]): number =>
  meanOf(
    runs.flatMap(({ log }) =>
      means.map((mean, arm) => {
        const probabilities = new Float64Array(means.length);
        probabilities[arm] = 1;
        const { estimates } = evaluatePolicy(log, { probabilities }, { confidence: 0.95, distributions });
        const [low, high] = estimates.dr.interval;
        return Number(low <= mean && mean <= high);
      }),
    ),
  );

const rowOf = (world: BanditWorld, runs: readonly BanditRun[]): string[] => {
  const regrets = runs.map(({ regret }) => regret);
  const even = evenRegret(world);
  const best = bestOf(world);
  const share = even === 0 ? '-' : `${fixed((100 * meanOf(regrets)) / even, 1)} %`;
  return [
    world.name,
    fixed(even, 1),
    `${fixed(meanOf(regrets), 1)} +- ${fixed(1.96 * errorOf(regrets), 1)}`,
    share,
    fixed(meanOf(runs.map(({ weights }) => weights[best]!)), 3),
    fixed(Math.min(...runs.map(({ leastWeight }) => leastWeight)), 4),
    String(Math.min(...runs.flatMap(({ users }) => users))),
    `${fixed(100 * coverageOf(world, runs), 1)} %`,
    fixed(meanOf(runs.map(({ changes }) => changes)), 0),
  ];
};

/**
 * Thompson sampling by the hour, with floor and burn-in, against an even split: what users lose to the best arm. The smallest arm,
 * and how often intervals of each arm from the bandit's own log hold the truth, tell whether each stays measurable.
 */
export const sayBandits = (say: (text: string) => void): void => {
  const head = [
    `bandits, ${RUNS} seeded weeks each`,
    'regret of an even split',
    'of the bandit',
    'of that',
    'last weight of the best',
    'least weight',
    'users of the smallest arm',
    'arm means held by 95 %',
    'changes',
  ];
  const rows = WORLDS.map((world, number) => {
    const runs = Array.from({ length: RUNS }, (_, run) => runBandit(world, SEED + 1_000 * number + run));
    return rowOf(world, runs);
  });
  say(tableText([head, ...rows]));
};
