import { distributions } from '../../adapters/numbers/distributions.ts';
import { propensityRatioP } from '../../core/experiments/statistics/propensity-ratio.ts';
import { SAMPLE_RATIO_ALPHA, sampleRatio } from '../../core/experiments/statistics/sample-ratio.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { tableText } from '../live/table-text.ts';
import { shareText } from './worlds.ts';

const RUNS = 20_000;
const USERS = 1_000;
const SEED = 20_261_123;
const WEIGHTS = [0.5, 0.3, 0.2] as const;
/** After half of the users. */
const LATER = [0.2, 0.3, 0.5] as const;

const pick = (weights: readonly number[], u: number): number => {
  if (u < weights[0]!) return 0;
  return u < weights[0]! + weights[1]! ? 1 : 2;
};

type Drawn = {
  readonly steady: number[];
  readonly moved: { users: number; sum: number; sumSquares: number }[];
};

/** The same random numbers under weights that stay and under weights that move. */
const draw = (random: () => number, lost: number): Drawn => {
  const steady = [0, 0, 0];
  const moved = steady.map(() => ({ users: 0, sum: 0, sumSquares: 0 }));
  for (let user = 0; user < USERS; user += 1) {
    const weights = user < USERS / 2 ? WEIGHTS : LATER;
    const [u, gone] = [random(), random() < lost];
    const [first, second] = [pick(WEIGHTS, u), pick(weights, u)];
    if (!(gone && first === 2)) steady[first]! += 1;
    if (gone && second === 2) continue;
    const inverse = 1 / weights[second]!;
    const arm = moved[second]!;
    arm.users += 1;
    arm.sum += inverse;
    arm.sumSquares += inverse * inverse;
  }
  return { steady, moved };
};

const rowOf = (name: string, lost: number): string[] => {
  const random = seededRandom(SEED);
  let [steadyAlarms, movedAlarms, pearson] = [0, 0, 0];
  for (let run = 0; run < RUNS; run += 1) {
    const { steady, moved } = draw(random, lost);
    const users = moved.map((arm) => arm.users);
    const weighted = moved.map((arm, at) => ({ ...arm, weight: LATER[at]! }));
    if (!sampleRatio(steady, WEIGHTS, distributions).ok) steadyAlarms += 1;
    if (propensityRatioP(weighted, distributions) < SAMPLE_RATIO_ALPHA) movedAlarms += 1;
    if (!sampleRatio(users, LATER, distributions).ok) pearson += 1;
  }
  return [name, ...[steadyAlarms, movedAlarms, pearson].map((alarms) => shareText(alarms, RUNS, 3))];
};

/** Alarms at p < .001 where users are split as asked, and where a fifth of the smallest arm is lost. */
export const saySampleRatios = (say: (text: string) => void): void => {
  const head = [
    `${RUNS} splits of ${USERS} users among three arms`,
    'weights that stay',
    'weights that moved, by propensity',
    'weights that moved, against the last ones',
  ];
  const rows = [rowOf('as asked (stated: 0.1 %)', 0), rowOf('a fifth of the third arm is lost', 0.2)];
  say(tableText([head, ...rows]));
};
