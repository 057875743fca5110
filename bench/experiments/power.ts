import { distributions } from '../../adapters/numbers/distributions.ts';
import { testDifference } from '../../core/experiments/results/test-difference.ts';
import { powerOf } from '../../core/experiments/statistics/power.ts';
import { emptySufficient } from '../../core/experiments/statistics/sufficient.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { tableText } from '../live/table-text.ts';
import { conversion, grown, shareText, spending, type World } from './worlds.ts';

const RUNS = 2_000;
const USERS = 3_000;
const SEED = 20_261_122;
const alpha = 0.05;

/** The control, and the treated arm with its lift. */
const PAIRS: readonly (readonly [World, World])[] = [
  [conversion(0.1), conversion(0.11)],
  [conversion(0.1), conversion(0.122)],
  [spending(0.1, 50), spending(0.112, 50)],
  [spending(0.1, 50), spending(0.125, 50)],
];

const rowOf = ([control, treated]: readonly [World, World], number: number): string[] => {
  const random = seededRandom(SEED + number);
  const more = { more: USERS, random };
  const tests = Array.from({ length: RUNS }, () => {
    const pair = {
      control: grown(emptySufficient, control, more),
      treated: grown(emptySufficient, treated, more),
    };
    return testDifference(control.type, pair, { confidence: 1 - alpha, distributions });
  });
  const error = Math.sqrt((control.variance + treated.variance) / USERS);
  const theory = powerOf(treated.mean - control.mean, error, { alpha, distributions });
  const lift = treated.mean / control.mean - 1;
  const covered = tests.filter(({ lift: { interval } }) => {
    const effect = treated.mean - control.mean;
    return interval !== null && interval[0] <= effect && effect <= interval[1];
  }).length;
  return [
    `${control.name}, ${(100 * lift).toFixed(0)} % more`,
    `${(100 * theory).toFixed(1)} %`,
    shareText(tests.filter(({ pValue }) => pValue <= alpha).length, RUNS, 1),
    shareText(tests.filter(({ sequential }) => sequential.significant).length, RUNS, 1),
    shareText(covered, RUNS, 1),
  ];
};

/** How often a lift that is there is found, beside the theory of its true mean and variance. */
export const sayPower = (say: (text: string) => void): void => {
  const head = [
    `${RUNS} tests of 2 x ${USERS} users`,
    'power in theory',
    'found, fixed horizon',
    'found, sequential at one look',
    '95 % intervals that hold the truth',
  ];
  say(tableText([head, ...PAIRS.map(rowOf)]));
};
