import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { cdnowTable } from '../../../bench/users/cdnow.ts';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';
import { evaluateLifetime, historyUntil } from '../../../scripts/evaluate-users/evaluate-lifetime.ts';
import { parseTable } from '../../../scripts/evaluate-users/read-table.ts';
import { dayOf, transactionsOf } from '../../../scripts/evaluate-users/read-transactions.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'lifetime-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (lines: readonly string[]): string => {
  const file = path.join(folder, 'transactions.csv');
  writeFileSync(file, lines.join('\n'));
  return file;
};

describe('the day of a date', () => {
  it.each([
    ['1970-01-02', 1],
    ['19700102', 1],
    ['1970-01-02T23:59:59Z', 1],
    ['1970-01-02 23:59:59', 1],
    ['1970-01-02T23:59', 1],
    ['1970-01-03T01:00:00+02:00', 1],
    [' 1997-09-30 ', 10_134],
  ])('%s is %d', (text, day) => {
    expect(dayOf(text)).toBe(day);
  });

  it.each(['', 'yesterday', '30.09.1997', '1997-02-30', '1997-13-01', '12'])('%j is none', (text) => {
    expect(dayOf(text)).toBeUndefined();
  });
});

describe('transactions', () => {
  it('of one day are one; rows without a customer, date or amount are counted', () => {
    const table = parseTable(
      [
        'Customer,Date,Amount,note',
        'a,2026-01-08,5,',
        'a,2026-01-01,2,',
        'a,2026-01-08,1.5,',
        'b,2026-01-01,-3,',
        ',2026-01-01,1,',
        'b,never,1,',
        'b,2026-01-02,,',
        'b,2026-01-03,0,',
      ].join('\n'),
    );
    const read = transactionsOf(table);
    expect(read.byCustomer.get('a')).toMatchObject([{ amount: 2 }, { amount: 6.5 }]);
    expect(read.byCustomer.get('b')).toMatchObject([{ amount: 0 }]);
    expect(read).toMatchObject({ rows: 8, skippedRows: 4, mergedRows: 1 });
  });

  it('need their columns and at least one row', () => {
    expect(() => transactionsOf(parseTable('customer,day\na,1'))).toThrow(/no column date/);
    expect(() => transactionsOf(parseTable('customer,date,amount\na,b,c'))).toThrow(/no row has/);
  });

  it('become a history: repeats, weeks since the first, the mean of the repeats', () => {
    const of = (...days: number[]) => days.map((day) => ({ customer: 'a', day, amount: day }));
    expect(historyUntil(of(7, 14, 28, 99), 35)).toEqual({
      frequency: 2,
      recencyWeeks: 3,
      ageWeeks: 4,
      meanValue: 21,
      meanOf: 2,
    });
    expect(historyUntil(of(7), 7)).toEqual({
      frequency: 0,
      recencyWeeks: 0,
      ageWeeks: 0,
      meanValue: 0,
      meanOf: 0,
    });
    expect(historyUntil(of(8), 7)).toBeUndefined();
  });
});

describe('evaluate:lifetime', () => {
  const random = seededRandom(21);
  const lines = ['customer,date,amount'];
  for (let customer = 0; customer < 150; customer++) {
    const gap = 10 + random() * 60;
    const price = 5 + random() * 50;
    for (let day = random() * 90; day < 360; day += -Math.log(1 - random()) * gap) {
      const date = new Date(Date.UTC(2025, 0, 1) + Math.floor(day) * 86_400_000).toISOString().slice(0, 10);
      lines.push(`c${customer},${date},${(price * (0.5 + random())).toFixed(2)}`);
      if (random() < 0.15) break;
    }
  }
  const file = fileOf(lines);

  it('prints parameters and how the holdout went', async () => {
    const report = await evaluateLifetime(['--transactions', file, '--calibration-end', '2025-08-31']);
    expect(report).toMatchObject({ customers: 150, converged: true, skippedRows: 0 });
    for (const value of [...Object.values(report.gammaGamma), report.bgnbd.r, report.bgnbd.b])
      expect(value).toBeGreaterThan(0);
    const { expected, actual, mae, value } = report.holdout!;
    expect(Math.abs(Math.log(expected / actual))).toBeLessThan(0.5);
    expect(mae).toBeLessThan(3);
    expect(value.actual).toBeGreaterThan(actual);
  });

  it('predicts no further than the data reach, and nothing after their end', async () => {
    const run = (...args: string[]) => evaluateLifetime(['--transactions', file, ...args]);
    const month = await run('--calibration-end', '2025-08-31', '--horizon-days', '30');
    expect(month.holdout).toMatchObject({ horizonDays: 30 });
    const far = await run('--calibration-end', '2025-08-31', '--horizon-days', '9999');
    expect(far.holdout!.horizonDays).toBeLessThan(130);
    expect((await run('--calibration-end', '2026-06-30')).holdout).toBeNull();
  });

  it.each([
    [['--calibration-end', '2025-08-31'], /--transactions is missing/],
    [['--transactions', 'x'], /--calibration-end is missing/],
    [['--transactions', 'x', '--calibration-end', 'soon'], /must be a date/],
    [['--transactions', 'x', '--calibration-end', '2025-08-31', '--horizon-days', '0'], /--horizon-days/],
  ])('refuses %j', async (args, message) => {
    await expect(evaluateLifetime(args)).rejects.toThrow(message);
  });

  it('says why there is nothing to fit', async () => {
    const few = path.join(folder, 'few.csv');
    const run = (...rows: string[]) => {
      writeFileSync(few, ['customer,date,amount', ...rows].join('\n'));
      return evaluateLifetime(['--transactions', few, '--calibration-end', '2025-06-30']);
    };
    await expect(run('a,2025-09-01,3')).rejects.toThrow(/before the end/);
    await expect(run('a,2025-01-01,3', 'b,2025-01-02,3')).rejects.toThrow(/bought again/);
  });

  it('finds the published figures for the CDNOW sample, where it is there', async () => {
    const data = process.env.ATTUNE_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data');
    const source = path.join(data, 'cdnow_sample.txt');
    if (!existsSync(source)) {
      console.warn(`${source} is not there: skipped`);
      return;
    }
    const sample = path.join(folder, 'cdnow.csv');
    const { header, rows } = cdnowTable(source);
    writeFileSync(sample, [header, ...rows].map((row) => row.join(',')).join('\n'));
    const report = await evaluateLifetime(['--transactions', sample, '--calibration-end', '1997-09-30']);
    expect(report.customers).toBe(2_357);
    expect(report.bgnbd.r).toBeCloseTo(0.243, 3);
    expect(report.bgnbd.alpha).toBeCloseTo(4.414, 2);
    expect(report.bgnbd.a).toBeCloseTo(0.793, 3);
    expect(report.bgnbd.b).toBeCloseTo(2.426, 3);
    expect(report.bgnbd.logLikelihood).toBeCloseTo(-9582.4, 1);
    expect(report.gammaGamma.p).toBeCloseTo(6.25, 1);
    expect(report.gammaGamma.q).toBeCloseTo(3.74, 1);
    expect(report.gammaGamma.v).toBeCloseTo(15.44, 1);
  });
});
