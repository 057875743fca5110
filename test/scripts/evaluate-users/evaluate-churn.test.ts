import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';
import { BadInput } from '../../../scripts/evaluate/bad-input.ts';
import { churnTable } from '../../../scripts/evaluate-users/churn-columns.ts';
import { evaluateChurn } from '../../../scripts/evaluate-users/evaluate-churn.ts';
import { parseTable, separatorOf } from '../../../scripts/evaluate-users/read-table.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'churn-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (text: string): string => {
  const file = path.join(folder, 'rows.csv');
  writeFileSync(file, text);
  return file;
};

describe('the separator', () => {
  it.each([
    ['a,b,c\n1;2,3,4', ','],
    ['a;b;c\n1,5;2;3', ';'],
    ['a\tb\n1,2\t3', '\t'],
    ['a|b', '|'],
    ['"x,y,z";b;c', ';'],
    ['single', ','],
  ])('of %j is %j', (text, separator) => {
    expect(separatorOf(text)).toBe(separator);
  });
});

describe('a table of texts', () => {
  it('reads quotes, byte order marks and line ends of any system', () => {
    const { header, rows } = parseTable('\uFEFFname,"note"\r\n"a, b","say ""hi"""\r\nc,\r\n');
    expect(header).toEqual(['name', 'note']);
    expect(rows).toEqual([
      ['a, b', 'say "hi"'],
      ['c', ''],
    ]);
  });

  it('leaves out rows of another length and counts them', () => {
    expect(parseTable('a,b\n1,2\n1\n1,2,3\n\n3,4')).toMatchObject({
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      skipped: 2,
    });
  });

  it.each([
    ['', /empty/],
    ['a,a\n1,2', /twice/],
    ['a,b\n"1,2', /cannot be read/],
  ])('refuses %j', (text, message) => {
    expect(() => parseTable(text)).toThrow(message);
  });
});

describe('columns of a churn table', () => {
  const text = [
    'customerID,tenure,TotalCharges,Contract,empty,same,Churn',
    ...Array.from(
      { length: 120 },
      (_, n) =>
        `id-${n},${n % 7},${n % 60 === 0 ? ' ' : n},${n % 3 === 0 ? 'One year' : 'Monthly'},,x,${n % 2 ? 'Yes' : 'No'}`,
    ),
  ].join('\n');
  const label = { label: 'Churn', positive: 'Yes', drop: [] };

  it('are numbers where all values are, with blanks counted; texts that name rows are left out', () => {
    const table = churnTable(parseTable(text), label);
    expect(table.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['tenure', 'numeric'],
      ['TotalCharges', 'numeric'],
      ['Contract', 'category'],
    ]);
    expect(table.blanks).toEqual({ TotalCharges: 2 });
    expect(table.columns[1]!.values[60]).toBeNaN();
    expect(table.dropped.map(({ column }) => column)).toEqual(['customerID', 'empty', 'same']);
    expect(table.labels.reduce((sum, x) => sum + x, 0)).toBe(60);
  });

  it('take the label in any case where it is written in another', () => {
    expect(churnTable(parseTable(text), { ...label, positive: 'YES' }).labels[1]).toBe(1);
    const mixed = text.replace('No', 'yes');
    const { labels } = churnTable(parseTable(mixed), label);
    expect([labels[0], labels[1]]).toEqual([0, 1]);
  });

  it('are left out on demand, rows without a label too', () => {
    const table = churnTable(parseTable(`${text}\nid-x,1,1,Monthly,,x,`), {
      ...label,
      drop: ['tenure', 'customerID'],
    });
    expect(table.columns.map(({ name }) => name)).toEqual(['TotalCharges', 'Contract']);
    expect(table).toMatchObject({ skippedRows: 1 });
    expect(table.labels).toHaveLength(120);
  });

  it.each([
    [{ ...label, label: 'churn' }, /--label: there is no column "churn"; there are customerID/],
    [{ ...label, drop: ['nope'] }, /--drop: there is no column "nope"/],
    [{ ...label, positive: 'gone' }, /--positive: 0 of 120 rows are "gone"; the label has No, Yes/],
  ])('%j is refused', (options, message) => {
    expect(() => churnTable(parseTable(text), options)).toThrow(BadInput);
    expect(() => churnTable(parseTable(text), options)).toThrow(message);
  });
});

describe('evaluate:churn', () => {
  const random = seededRandom(12);
  const rows = Array.from({ length: 600 }, (_, n) => {
    const [months, plan] = [Math.floor(random() * 60), random() < 0.5 ? 'month' : 'year'];
    const logOdds = 1.5 - months / 12 + (plan === 'month' ? 1 : -1);
    return `${n};${random() < 0.02 ? '' : months};${plan};${random() < 1 / (1 + Math.exp(-logOdds)) ? 'gone' : 'here'}`;
  });
  const file = fileOf(['id;months;plan;status', ...rows].join('\n'));

  it('prints the quality of every fold and what matters', async () => {
    const args = ['--file', file, '--label', 'status', '--positive', 'gone', '--drop', 'id', '--folds', '3'];
    const report = await evaluateChurn(args);
    expect(report.auc).toBeGreaterThan(0.8);
    expect(report.folds).toHaveLength(3);
    expect(report.logLoss).toBeLessThan(0.55);
    expect(report.topFactors[0]).toMatchObject({ factor: 'months', raises: 'low values' });
    expect(report.topFactors[1]).toMatchObject({ factor: 'plan', raises: 'month' });
    expect(report).toMatchObject({ rows: 600, separator: ';', skippedRows: 0 });
    expect(report.calibration.expectedError).toBeLessThan(0.1);
    expect(report.blanks.months).toBeGreaterThan(0);
    expect(await evaluateChurn(args)).toEqual(report);
  });

  it.each([
    [['--label', 'status', '--positive', 'gone'], /--file is missing/],
    [['--file', 'x', '--positive', 'gone'], /--label is missing/],
    [
      ['--file', 'x', '--label', 'status', '--positive', 'gone', '--folds', '1'],
      /--folds must be a whole number/,
    ],
    [['--file', 'x', '--label', 'status', '--positive', 'gone', '--seed', 'a'], /--seed must be/],
    [['--nonsense'], /nonsense/],
  ])('refuses %j', async (args, message) => {
    await expect(evaluateChurn(args)).rejects.toThrow(message);
  });

  it('says that there are too few rows for the folds', async () => {
    const few = fileOf('x,y\n1,a\n2,b\n3,a\n4,b\n');
    await expect(evaluateChurn(['--file', few, '--label', 'y', '--positive', 'a'])).rejects.toThrow(
      /5 folds need/,
    );
  });
});
