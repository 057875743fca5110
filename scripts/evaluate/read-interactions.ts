import type { NumberedRows } from '../../core/learn/data/dataset.ts';
import { makeRoom, makeRowColumns } from '../../core/learn/data/row-columns.ts';
import { makeStringTable, numberOf } from '../../core/numbers/string-table.ts';
import { BadInput, makeSkipped, type Skipped, skip } from './bad-input.ts';
import { eachLine } from './lines.ts';

/** Where the order of rows comes from: a column, or their place in the file. */
export type Clock = 'timestamp' | 'order' | 'row';

export type Interactions = { file: string; rows: NumberedRows; clock: Clock; skipped: Skipped };

export type ReadOptions = {
  /** Rows weigh what their value says; otherwise every row weighs 1, whatever its value. */
  useValues: boolean;
};

const COLUMNS = ['user', 'item', 'value', 'order', 'timestamp'] as const;
type Column = (typeof COLUMNS)[number];

const TAB = 9;
/** Timestamps are seconds where none reaches this; as milliseconds it is 1973, as seconds the year 5138. */
const LARGEST_SECONDS = 1e11;
/** 1985: an order that never comes below it is no count of anything. */
const SMALLEST_SECONDS = 4.7e8;

/**
 * Reads a table with a header of `user item [value] [order|timestamp]`, in any order, separated by tabs. Rows that cannot be used
 * are counted; a header that cannot be used, or no usable row at all, is a `BadInput`.
 */
export function readInteractions(file: string, { useValues }: ReadOptions): Interactions {
  const users = makeStringTable();
  const items = makeStringTable();
  const columns = makeRowColumns();
  const skipped = makeSkipped();
  let header: Header | undefined;
  const cells = new Int32Array(2 * (COLUMNS.length + 1));
  eachLine(file, (buffer, start, end, line) => {
    if (start === end) return;
    if (header === undefined) {
      header = headerOf(file, buffer.toString('utf8', start, end));
      return;
    }
    const fault =
      splitCells(buffer, { start, end }, cells) === header.width ? undefined : 'wrong number of cells';
    if (fault !== undefined) return skip(skipped, line, fault);
    const cell = (at: number) => buffer.toString('utf8', cells[2 * at]!, cells[2 * at + 1]!);
    const user = cell(header.user);
    const item = cell(header.item);
    if (user === '' || item === '') return skip(skipped, line, 'user or item is empty');
    const value = header.value < 0 ? 1 : numberIn(cell(header.value));
    if (!(value > 0 && value < Number.POSITIVE_INFINITY))
      return skip(skipped, line, 'value is not a positive number');
    const time = header.time < 0 ? line : timeIn(cell(header.time), header.clock);
    if (!Number.isFinite(time)) return skip(skipped, line, `${header.clock} is not a number or a time`);
    makeRoom(columns);
    const at = columns.size++;
    columns.user[at] = numberOf(users, user);
    columns.item[at] = numberOf(items, item);
    columns.weight[at] = useValues ? value : 1;
    columns.at[at] = time;
  });
  if (header === undefined) throw new BadInput(`${file} is empty`);
  if (columns.size === 0) throw new BadInput(`${file} has no row that can be used${reasonsOf(skipped)}`);
  return { file, rows: { columns, users, items }, clock: header.clock, skipped };
}

/**
 * Turns seconds since the epoch into milliseconds in all of these together: timestamps where none is as large as milliseconds
 * are, and orders that are all as large as seconds of the last decades are.
 */
export function toMilliseconds(files: readonly Interactions[]): void {
  const times = files.map(({ rows }) => rows.columns.at.subarray(0, rows.columns.size));
  const areSeconds = files.every(({ clock }, file) => {
    const least = clock === 'timestamp' ? -LARGEST_SECONDS : SMALLEST_SECONDS;
    return times[file]!.every((time) => time >= least && time < LARGEST_SECONDS);
  });
  if (!areSeconds) return;
  for (const of of times) for (let at = 0; at < of.length; at++) of[at]! *= 1000;
}

type Header = { user: number; item: number; value: number; time: number; clock: Clock; width: number };

function headerOf(file: string, line: string): Header {
  const names = line.split('\t').map((name) => name.trim().toLowerCase());
  const unknown = names.filter((name) => !COLUMNS.includes(name as Column));
  if (unknown.length > 0) {
    throw new BadInput(
      `${file}: unknown column ${unknown.map((name) => JSON.stringify(name)).join(', ')} in the header; ` +
        'known, separated by tabs: user item [value] [order|timestamp]',
    );
  }
  const at = (name: Column) => {
    if (names.indexOf(name) !== names.lastIndexOf(name))
      throw new BadInput(`${file}: column ${name} is there twice`);
    return names.indexOf(name);
  };
  for (const name of ['user', 'item'] as const) {
    if (at(name) < 0) throw new BadInput(`${file}: column ${name} is missing in the header`);
  }
  if (at('order') >= 0 && at('timestamp') >= 0) {
    throw new BadInput(`${file}: columns order and timestamp exclude each other`);
  }
  const clock = at('timestamp') >= 0 ? 'timestamp' : at('order') >= 0 ? 'order' : 'row';
  const time = clock === 'row' ? -1 : at(clock);
  return { user: at('user'), item: at('item'), value: at('value'), time, clock, width: names.length };
}

/** Writes start and end of every cell, as many as there is room for, and returns how many there are. */
function splitCells(
  buffer: Buffer,
  { start, end }: { start: number; end: number },
  cells: Int32Array,
): number {
  let count = 0;
  let first = start;
  for (let at = start; at <= end; at++) {
    if (at < end && buffer[at] !== TAB) continue;
    if (2 * count + 1 < cells.length) {
      cells[2 * count] = first;
      cells[2 * count + 1] = at;
    }
    count += 1;
    first = at + 1;
  }
  return count;
}

function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

function timeIn(text: string, clock: Clock): number {
  const number = numberIn(text);
  return Number.isNaN(number) && clock === 'timestamp' ? Date.parse(text) : number;
}

function reasonsOf({ reasons }: Skipped): string {
  const counted = Object.entries(reasons).map(([reason, count]) => `${count} x ${reason}`);
  return counted.length === 0 ? '' : `: ${counted.join(', ')}`;
}
