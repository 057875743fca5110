import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { analyze } from '../../../scripts/analyze/analyze.ts';
import { analyzeOptions } from '../../../scripts/analyze/options.ts';
import { BadInput } from '../../../scripts/evaluate/bad-input.ts';
import { vectors } from '../../core/profile/vectors.ts';

type Interval = [number, number];
type Sequential = { interval: Interval; pValue: number };
type Test = { pValue: number; adjustedPValue: number; interval: Interval; sequential: Sequential };
type Arm = Test & {
  users: number;
  mean: number;
  sd: number;
  powerNow: number;
  detectable: number;
  cuped: Test;
  winsorizedP?: number;
  winsorizedLift?: number;
  relative?: number;
  relativeInterval?: Interval;
  chanceToWin?: number;
  expectedLoss?: number;
};
type Metric = {
  theta: number;
  varianceReduction: number;
  cap?: number;
  control: { mean: number; sd: number };
  arms: Record<string, Arm>;
};
type Run = {
  confidence: number;
  weights: string | null;
  expected: { srm: number; metrics: Record<string, Metric> };
};
const { csv, runs } = vectors<{ csv: string; runs: Run[] }>('analyze');

const folder = mkdtempSync(path.join(tmpdir(), 'analyze-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (content: string | Buffer, name = 'users.csv'): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};

const run = (file: string, ...args: string[]) => {
  const options = analyzeOptions(['--file', file, '--unit', 'user', '--arm', 'group', ...args]);
  return analyze(options!);
};

const near = (seen: number | null | undefined, expected: number): void => {
  expect(Math.abs(seen! - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
};
const nearInterval = (seen: readonly [number, number] | null, [low, high]: Interval): void => {
  near(seen![0], low);
  near(seen![1], high);
};

describe.each(runs)('statistics at $confidence, weights $weights', ({ confidence, weights, expected }) => {
  const answer = run(
    fileOf(csv),
    ...['--metric', 'spend:revenue', '--metric', 'bought', '--covariate', 'before'],
    ...['--confidence', String(confidence), ...(weights ? ['--weights', weights] : [])],
  );

  test('sample ratio', async () => {
    const { srm, control, units, users } = await answer;
    near(srm.pValue, expected.srm);
    expect({ control, units, users }).toEqual({ control: 'control', units: 360, users: 360 });
  });

  test.each(Object.entries(expected.metrics))('of %s', async (name, metric) => {
    const seen = (await answer).metrics.find((one) => one.name === name)!;
    near(seen.cuped!.theta, metric.theta);
    near(seen.cuped!.varianceReduction, metric.varianceReduction);
    if (metric.cap !== undefined) near(seen.cap, metric.cap);
    near(seen.arms[0]!.mean, metric.control.mean);
    near(seen.arms[0]!.standardDeviation, metric.control.sd);
  });

  const arms = Object.entries(expected.metrics).flatMap(([name, { arms: of }]) =>
    Object.entries(of).map(([variant, row]) => [name, variant, row] as const),
  );

  test.each(arms)('%s of %s', async (name, variant, row) => {
    const metric = (await answer).metrics.find((one) => one.name === name)!;
    const arm = metric.arms.find((one) => one.variant === variant)!;
    const { lift, pValue, adjustedPValue, sequential, power, cuped } = arm.comparison!;
    expect(arm.users).toBe(row.users);
    near(arm.mean, row.mean);
    near(arm.standardDeviation, row.sd);
    near(lift.absolute, row.mean - metric.arms[0]!.mean);
    nearInterval(lift.interval, row.interval);
    near(pValue, row.pValue);
    near(adjustedPValue, row.adjustedPValue);
    near(sequential.pValue, row.sequential.pValue);
    nearInterval(sequential.interval, row.sequential.interval);
    near(power.now, row.powerNow);
    near(power.minimumDetectable.absolute, row.detectable);
    near(cuped!.pValue, row.cuped.pValue);
    near(cuped!.adjustedPValue, row.cuped.adjustedPValue);
    nearInterval(cuped!.lift.interval, row.cuped.interval);
    near(cuped!.sequential.pValue, row.cuped.sequential.pValue);
    nearInterval(cuped!.sequential.interval, row.cuped.sequential.interval);
  });

  test.each(arms.filter(([, , row]) => row.winsorizedP !== undefined))(
    '%s of %s with tails cut',
    async (name, variant, row) => {
      const metric = (await answer).metrics.find((one) => one.name === name)!;
      const { winsorized } = metric.arms.find((one) => one.variant === variant)!.comparison!;
      near(winsorized!.pValue, row.winsorizedP!);
      near(winsorized!.lift.absolute, row.winsorizedLift!);
    },
  );

  test.each(arms.filter(([, , row]) => row.relative !== undefined))(
    'relative lift and belief of %s of %s',
    async (name, variant, row) => {
      const metric = (await answer).metrics.find((one) => one.name === name)!;
      const { lift, chanceToWin, expectedLoss } = metric.arms.find((one) => one.variant === variant)!
        .comparison!;
      near(lift.relative, row.relative!);
      nearInterval(lift.relativeInterval, row.relativeInterval!);
      expect(Math.abs(chanceToWin - row.chanceToWin!)).toBeLessThan(0.001);
      expect(Math.abs(expectedLoss - row.expectedLoss!)).toBeLessThan(1e-4);
    },
  );
});

const usersOf = (group: string, users: number, converted: number): string =>
  Array.from({ length: users }, (_, k) => `${group}${k},${group},${k < converted}\n`).join('');

test('figures of the aspirin study (Physicians’ Health Study 1988): heart attacks 189 of 11,034 and 104 of 11,037', async () => {
  const file = fileOf(
    `user,group,attack\n${usersOf('placebo', 11_034, 189)}${usersOf('aspirin', 11_037, 104)}`,
  );
  const { metrics, winner, srm } = await run(file, '--metric', 'attack:decrease', '--control', 'placebo');
  const { comparison } = metrics[0]!.arms[1]!;
  // Agresti, Categorical Data Analysis, 3.1: sample proportions .0171 and .0094, relative risk 1.82 with interval 1.43 to 2.30 (placebo to aspirin).
  expect(metrics[0]!.type).toBe('binomial');
  expect(metrics[0]!.arms.map(({ mean }) => mean.toFixed(4))).toEqual(['0.0171', '0.0094']);
  expect((1 / (1 + comparison!.lift.relative!)).toFixed(2)).toBe('1.82');
  expect((1 / (1 + comparison!.lift.relativeInterval![1])).toFixed(2)).toBe('1.43');
  expect(1 / (1 + comparison!.lift.relativeInterval![0])).toBeCloseTo(2.3, 1);
  expect(comparison!.pValue).toBeLessThan(1e-6);
  expect({ winner, ok: srm.ok }).toEqual({ winner: 'aspirin', ok: true });
});

test('figures of Student’s sleep data as R prints them (Welch: p = .07939, -3.3654832 to .2054832)', async () => {
  const [first, second] = [
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
  ];
  const lines = [...first!.map((x, k) => `a${k};1;${x}`), ...second!.map((x, k) => `b${k};2;${x}`)];
  const file = fileOf(`user;group;extra\r\n${lines.join('\r\n')}`);
  const { metrics, control } = await run(file, '--metric', 'extra', '--control', '2');
  const { pValue, lift } = metrics[0]!.arms[1]!.comparison!;
  expect({ control, type: metrics[0]!.type }).toEqual({ control: '2', type: 'revenue' });
  expect(pValue).toBeCloseTo(0.07939, 5);
  expect(lift.interval![0]).toBeCloseTo(-3.3654832, 6);
  expect(lift.interval![1]).toBeCloseTo(0.2054832, 6);
});

test('rows of a unit are added up; a unit of two arms is counted and left out', async () => {
  const file = fileOf(
    gzipSync(
      'user,group,spend,bought\na,x,1,0\na,x,2,1\na,x,3,1\nb,x,4,0\nc,y,5,0\nd,y,6,1\ne,x,9,1\ne,y,9,1\n',
    ),
    'users.csv.gz',
  );
  const seen = await run(file, '--metric', 'spend', '--metric', 'bought:binomial');
  expect(seen).toMatchObject({
    rows: 8,
    units: 5,
    users: 4,
    multipleExposures: { users: 1, share: 0.2, ok: false },
    arms: [
      { variant: 'x', users: 2 },
      { variant: 'y', users: 2 },
    ],
  });
  expect(seen.metrics.map(({ arms }) => arms.map(({ total }) => total))).toEqual([
    [10, 11],
    [1, 1],
  ]);
  expect(seen.recommendation).toMatch(/beware: 1 users/);
});

const metric = ['--metric', 'spend'];
test.each<[what: string, text: string, args: string[], message: RegExp]>([
  ['an empty file', '', metric, /users\.csv: the file is empty/],
  ['a header alone', 'user,group,spend\n', metric, /2 to 50 arms .* not 0/],
  ['one arm', 'user,group,spend\na,x,1\nb,x,1\n', metric, /not 1/],
  [
    'an absent column',
    'user,group,spent\na,x,1\n',
    metric,
    /no column "spend"; there are user, group, spent/,
  ],
  ['a column twice', 'user,group,spend,spend\na,x,1,2\n', metric, /names "spend" twice/],
  ['a word', 'user,group,spend\na,x,1\nb,y,much\n', metric, /row 3, column "spend": "much" is no number/],
  ['infinity', 'user,group,spend\na,x,Infinity\n', metric, /row 2, column "spend"/],
  ['a number beyond counting', 'user,group,spend\na,x,1e300\n', metric, /row 2, column "spend"/],
  ['nothing', 'user,group,spend\na,x,\n', metric, /row 2, column "spend": is empty/],
  ['nobody', 'user,group,spend\n,x,1\n', metric, /row 2, column "user": is empty/],
  ['no arm', 'user,group,spend\na,,1\n', metric, /row 2, column "group": is empty/],
  ['a short row', 'user,group,spend\na,x\n', metric, /users\.csv: Invalid Record Length.* on line 2/],
  ['an open quote', 'user,group,spend\na,"x,1\n', metric, /users\.csv: Quote Not Closed/],
  ['2 of a binomial', 'user,group,spend\na,x,2\n', ['--metric', 'spend:binomial'], /2 is neither 0 nor 1/],
  [
    'two covariates of one unit',
    'user,group,spend,old\na,x,1,1\na,x,1,2\n',
    [...metric, '--covariate', 'old'],
    /row 3, column "old": differs from an earlier row of "a"/,
  ],
  ['an absent covariate', 'user,group,spend\na,x,1\n', [...metric, '--covariate', 'old'], /no column "old"/],
  ['an absent control', 'user,group,spend\na,x,1\nb,y,1\n', [...metric, '--control', 'z'], /no arm "z"/],
  ['a weight of no arm', 'user,group,spend\na,x,1\nb,y,1\n', [...metric, '--weights', 'z=1'], /no arm/],
  ['a weight missing', 'user,group,spend\na,x,1\nb,y,1\n', [...metric, '--weights', 'x=1'], /nothing of/],
])('refuses %s', async (_, text, args, message) => {
  const failed = run(fileOf(text), ...args);
  await expect(failed).rejects.toThrow(BadInput);
  await expect(failed).rejects.toThrow(message);
});

test('refuses a file that was cut off, and one that is no gzip', async () => {
  const rows = Array.from({ length: 20_000 }, (_, k) => `u${k},${k % 2 ? 'x' : 'y'},${Math.sin(k)}\n`);
  const whole = gzipSync(`user,group,spend\n${rows.join('')}`);
  const cut = run(fileOf(whole.subarray(0, whole.length / 2), 'cut.csv.gz'), ...metric);
  await expect(cut).rejects.toThrow(/cut\.csv\.gz: unexpected end of file/);
  const plain = run(fileOf('user,group,spend\na,x,1\n', 'plain.csv.gz'), ...metric);
  await expect(plain).rejects.toThrow(/plain\.csv\.gz: incorrect header check/);
});

test('refuses a file that is not there', async () => {
  await expect(run(path.join(folder, 'none.csv'), ...metric)).rejects.toThrow(/none\.csv: ENOENT/);
});

test.each<[args: string[], message: RegExp]>([
  [[], /--file is missing/],
  [['--file', 'f', '--unit', 'u', '--arm', 'a'], /--metric is missing/],
  [['--file', 'f', '--unit', 'u', '--arm', 'a', '--metric', ':revenue'], /names no column/],
  [['--file', 'f', '--unit', 'u', '--arm', 'a', '--metric', 'x', '--metric', 'x:count'], /"x" twice/],
  [['--file', 'f', '--unit', 'u', '--arm', 'a', '--metric', 'x', '--confidence', '95'], /--confidence/],
  [['--file', 'f', '--unit', 'u', '--arm', 'a', '--metric', 'x', '--weights', 'a=0'], /--weights/],
  [['--files', 'f'], /--files/],
])('refuses the options %j', (args, message) => {
  expect(() => analyzeOptions(args)).toThrow(message);
});

test('a covariate of one metric only; names with colons', async () => {
  const rows = Array.from({ length: 40 }, (_, k) => `u${k},${k % 2 ? 'x' : 'y'},${k % 7},${k % 5},${k % 3}`);
  const file = fileOf(`user,group,a:b,spend,old\n${rows.join('\n')}`);
  const { metrics } = await run(
    file,
    ...['--metric', 'a:b:count:decrease', '--metric', 'spend', '--covariate', 'spend=old'],
  );
  expect(metrics.map(({ name, type, goal, cuped }) => [name, type, goal, cuped !== undefined])).toEqual([
    ['a:b', 'count', 'decrease', false],
    ['spend', 'revenue', 'increase', true],
  ]);
});
