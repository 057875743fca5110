import { distributions } from '../../adapters/numbers/distributions.ts';
import { evaluateExperiment } from '../../core/experiments/results/evaluate-experiment.ts';
import { testDifference } from '../../core/experiments/results/test-difference.ts';
import type { EvaluatedBody } from '../../core/experiments/results/types.ts';
import { emptySufficient, type Sufficient } from '../../core/experiments/statistics/sufficient.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { tableText } from '../live/table-text.ts';
import { conversion, grown, shareText, spending, type World } from './worlds.ts';

const RUNS = 2_000;
const [DAYS, USERS_A_DAY] = [30, 100];
const SEED = 20_261_121;
const levels = { confidence: 0.95, distributions };
const ALPHA = 0.05;

const WORLDS: readonly World[] = [conversion(0.1), conversion(0.02), spending(0.1, 50), spending(0.02, 50)];

/** What somebody saw of one A/A test who looked every day. */
type Looks = { readonly atEnd: boolean; readonly everFixed: boolean; readonly everSequential: boolean };

/** Both arms after every day. */
const days = (world: World, seed: number): [Sufficient, Sufficient][] => {
  const random = seededRandom(seed);
  let [a, b] = [emptySufficient, emptySufficient];
  return Array.from({ length: DAYS }, () => {
    a = grown(a, world, { more: USERS_A_DAY, random });
    b = grown(b, world, { more: USERS_A_DAY, random });
    return [a, b];
  });
};

const lookDaily = (world: World, seed: number): Looks => {
  const tests = days(world, seed).map(([control, treated]) =>
    testDifference(world.type, { treated, control }, levels),
  );
  return {
    atEnd: tests.at(-1)!.pValue <= ALPHA,
    everFixed: tests.some(({ pValue }) => pValue <= ALPHA),
    everSequential: tests.some(({ sequential }) => sequential.significant),
  };
};

const rowOf = (world: World, number: number): string[] => {
  const looks = Array.from({ length: RUNS }, (_, run) => lookDaily(world, SEED + number * RUNS + run));
  const share = (of: keyof Looks): string => shareText(looks.filter((one) => one[of]).length, RUNS);
  return [world.name, share('atEnd'), share('everFixed'), share('everSequential')];
};

const DAY_MS = 86_400_000;

/** Whether somebody who does what the verdict says, every day until the planned end and then once more, ever ships an arm. */
const everWins = (world: World, seed: number): boolean => {
  const metric = { name: 'revenue', type: world.type, goal: 'increase' } as const;
  const variants = ['a', 'b'].map((key) => ({ key, weight: 0.5 }));
  const endDate = new Date(DAYS * DAY_MS).toISOString();
  const body: EvaluatedBody = { variants, metrics: [metric], status: 'running', endDate };
  return days(world, seed).some((arms, day) => {
    const counts = arms.map(({ users, sum, sumSquares }, at) => ({
      variant: variants[at]!.key,
      users,
      metrics: { revenue: { sum, sumSquares } },
    }));
    const given = { arms: counts, multipleExposures: 0, caps: {} };
    const { winner } = evaluateExperiment(body, given, { ...levels, now: (day + 1) * DAY_MS });
    return winner !== null;
  });
};

/** A/A tests: how often something is found where there is nothing, with Wilson's intervals. */
export const sayFalsePositives = (say: (text: string) => void): void => {
  const head = [
    `${RUNS} A/A tests, ${DAYS} days of 2 x ${USERS_A_DAY} users`,
    'fixed horizon, one look (stated: 5 %)',
    'fixed horizon, looked at daily',
    'sequential, looked at daily (<= 5 %)',
  ];
  say(tableText([head, ...WORLDS.map(rowOf)]));
  const world = spending(0.1, 50);
  const wins = Array.from({ length: RUNS }, (_, run) => everWins(world, SEED + 10 * RUNS + run));
  say(
    `\n${world.name}: verdicts followed daily, with the fixed horizon at the planned end, ship one of two equal arms in ${shareText(wins.filter(Boolean).length, RUNS)} of ${RUNS} tests`,
  );
};
