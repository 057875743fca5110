import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BadInput } from '../../../scripts/evaluate/bad-input.ts';
import { eachLine } from '../../../scripts/evaluate/lines.ts';
import { readGroups } from '../../../scripts/evaluate/read-groups.ts';
import {
  type Interactions,
  readInteractions,
  toMilliseconds,
} from '../../../scripts/evaluate/read-interactions.ts';
import { readItems } from '../../../scripts/evaluate/read-items.ts';
import { readNegatives } from '../../../scripts/evaluate/read-negatives.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'evaluate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (text: string): string => {
  const file = path.join(folder, `${Math.random()}.tsv`);
  writeFileSync(file, text);
  return file;
};
const read = (text: string, useValues = false) => readInteractions(fileOf(text), { useValues });
const rowsOf = ({ rows: { columns, users, items } }: Interactions) =>
  Array.from({ length: columns.size }, (_, at) => [
    users.names[columns.user[at]!],
    items.names[columns.item[at]!],
    columns.weight[at],
    columns.at[at],
  ]);

describe('interactions', () => {
  it('come by the names of columns, with a byte order mark, carriage returns and blank lines', () => {
    const file = read('\uFEFFtimestamp\titem\tuser\r\n30\tä\tann\r\n\r\n10\tb\tann');
    expect(rowsOf(file)).toEqual([
      ['ann', 'ä', 1, 30],
      ['ann', 'b', 1, 10],
    ]);
    expect([file.clock, file.skipped.rows]).toEqual(['timestamp', 0]);
  });

  it('stand in the order of rows where there is no other, and weigh their value when asked', () => {
    const text = 'user\titem\tvalue\nu\ta\t4\nu\tb\t0.5\n';
    expect(rowsOf(read(text)).map(([, , weight]) => weight)).toEqual([1, 1]);
    const valued = rowsOf(read(text, true));
    expect(valued.map(([, , weight]) => weight)).toEqual([4, 0.5]);
    expect(valued[0]![3]).toBeLessThan(Number(valued[1]![3]));
  });

  it('leave out rows that cannot be used, with their lines and reasons', () => {
    const { rows, skipped } = read(
      'user\titem\tvalue\torder\nu\ta\tNaN\t1\nu\ta\t-1\t1\nu\ta\t0\t1\n\ta\t1\t1\nu\ta\t1\tlater\nu\ta\t1\nu\ta\t\t1\nu\ta\tInfinity\t1\nu\ta\t1\t1\n',
    );
    expect(rows.columns.size).toBe(1);
    expect(skipped).toMatchObject({
      rows: 8,
      reasons: {
        'value is not a positive number': 5,
        'user or item is empty': 1,
        'order is not a number or a time': 1,
        'wrong number of cells': 1,
      },
      first: [{ line: 2 }, { line: 3 }, { line: 4 }, { line: 5 }, { line: 6 }],
    });
  });

  it.each([
    ['an empty file', '', 'is empty'],
    ['a header alone', 'user\titem\n', 'no row that can be used'],
    ['nothing but bad rows', 'user\titem\tvalue\nu\ta\t-1\n', '1 x value is not a positive number'],
    ['an unknown column', 'user\titem\trating\nu\ta\t1\n', 'unknown column "rating"'],
    ['a missing column', 'user\tvalue\nu\t1\n', 'column item is missing'],
    ['a column twice', 'user\titem\titem\nu\ta\tb\n', 'column item is there twice'],
    ['two clocks', 'user\titem\torder\ttimestamp\nu\ta\t1\t2\n', 'exclude each other'],
    ['commas instead of tabs', 'user,item\nu,a\n', 'separated by tabs'],
  ])('refuse %s', (_, text, message) => {
    expect(() => read(text)).toThrow(BadInput);
    expect(() => read(text)).toThrow(message);
  });

  it('refuse a file that is not there', () => {
    expect(() => readInteractions(path.join(folder, 'none.tsv'), { useValues: false })).toThrow(BadInput);
  });

  it('have times in milliseconds, whichever of seconds, milliseconds and ISO 8601 they are written in', () => {
    const seconds = read('user\titem\ttimestamp\nu\ta\t978300760\n');
    const iso = read('user\titem\ttimestamp\nu\ta\t2014-04-07T10:51:09.277Z\n');
    const order = read('user\titem\torder\nu\ta\t5\nu\tb\t978300760\n');
    const hidden = read('user\titem\torder\nu\ta\t978300760\n');
    toMilliseconds([hidden]);
    toMilliseconds([seconds]);
    toMilliseconds([iso]);
    toMilliseconds([order]);
    const timeOf = (file: Interactions) => rowsOf(file)[0]![3];
    expect([seconds, iso, order, hidden].map(timeOf)).toEqual([978300760000, 1396867869277, 5, 978300760000]);
  });
});

describe('lines', () => {
  it('are whole, however long and wherever the chunks end', () => {
    const lines = Array.from({ length: 40 }, (_, at) => `${at}:${'x'.repeat(at * 9973)}`);
    const seen: string[] = [];
    eachLine(fileOf(`${lines.join('\r\n')}`), (buffer, start, end) =>
      seen.push(buffer.toString('utf8', start, end)),
    );
    expect(seen).toEqual(lines);
    const long = 'y'.repeat(5_000_000);
    const lengths: number[] = [];
    eachLine(fileOf(`${long}\n${long}`), (_, start, end) => lengths.push(end - start));
    expect(lengths).toEqual([long.length, long.length]);
  });
});

describe('negatives', () => {
  it.each([
    ['with a header', 'user\tnegatives\nu\ta\tb\nv\tc\td\te\n'],
    ['without a header', 'u\ta\tb\nv\tc\td\te\n'],
    ['with spaces', 'user item1 item2\nu a b\nv c d e\n'],
    ['in one cell', 'user\titems\r\nu\ta b\r\nv\tc,d,e'],
    ["in NCF's form", '(u,x)\ta\tb\n(v,y)\tc\td\te\n'],
    ['in several lines of one user, with repeats', 'u\ta\ta\nu\tb\tb\nv\tc\td\te\n'],
  ])('are read %s', (_, text) => {
    const { byUser } = readNegatives(fileOf(text));
    expect([...byUser]).toEqual([
      ['u', ['a', 'b']],
      ['v', ['c', 'd', 'e']],
    ]);
  });

  it('skip a user without items and refuse a file without any', () => {
    expect(readNegatives(fileOf('u\tv\tw\nx\n')).skipped).toMatchObject({ rows: 1, first: [{ line: 2 }] });
    expect(() => readNegatives(fileOf('user\tnegatives\n'))).toThrow(BadInput);
  });
});

describe('items and groups', () => {
  it('are catalogue items of any shape; lines that are none are counted', () => {
    const { catalog, skipped } = readItems(
      fileOf(
        '{"item": "i1", "tags": ["jazz"]}\n[]\n\n{"itemId": 7, "title": "Seven"}\n{"tags": []}\nnot json\n',
      ),
    );
    expect(catalog.map(({ itemId, tags, skills }) => [itemId, tags, skills])).toEqual([
      ['i1', ['jazz'], []],
      ['7', [], []],
    ]);
    expect(catalog[1]!.title).toBe('Seven');
    expect(skipped.first.map(({ line }) => line)).toEqual([2, 5, 6]);
    expect(() => readItems(fileOf('{}\n'))).toThrow(BadInput);
  });

  it('are groups by user', () => {
    expect([...readGroups(fileOf('user\tgroup\nu\tx\r\nv\ty\n'))]).toEqual([
      ['u', 'x'],
      ['v', 'y'],
    ]);
    expect(() => readGroups(fileOf('u\tx\n'))).toThrow('header');
  });
});
