import { makeStringTable, numberOf, type StringTable } from '../../numbers/string-table.ts';
import type { TrainingRow } from '../types.ts';
import { makeRoom, makeRowColumns, type RowColumns } from './row-columns.ts';

/**
 * Who did something with what, once per user and item, as compressed rows in both directions.
 * `userItem[userStart[u] .. userStart[u + 1])` are the items of user u, oldest first; `itemUser` likewise by item, where
 * `itemPosition` says at which index of `userItem` the same pair stands.
 */
export type Dataset = {
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly itemIndex: ReadonlyMap<string, number>;
  readonly size: number;
  readonly userStart: Int32Array;
  readonly userItem: Int32Array;
  readonly userWeight: Float32Array;
  readonly userTime: Float64Array;
  readonly itemStart: Int32Array;
  readonly itemUser: Int32Array;
  readonly itemPosition: Int32Array;
};

/**
 * Reads the rows once. Repeats of a user and item become one interaction with the greatest weight and the latest time;
 * rows whose weight is not a positive number, or whose time is none, are left out. Equal times keep the order of rows.
 */
export function buildDataset(rows: Iterable<TrainingRow>): Dataset {
  const users = makeStringTable();
  const items = makeStringTable();
  return datasetOfColumns({ columns: readColumns(rows, users, items), users, items });
}

/** Rows in columns with the tables that their numbers come from; the tables may hold names that occur in no row. */
export type NumberedRows = { columns: RowColumns; users: StringTable; items: StringTable };

/** The same from rows that are numbered already: every weight is positive and finite, every time finite. */
export function datasetOfColumns({ columns, users, items }: NumberedRows): Dataset {
  const order = orderByUserAndTime(columns, users.names.length);
  const byUser = keepLatestPerItem({ columns, order, users: users.names.length, items: items.names.length });
  return {
    users: users.names,
    items: items.names,
    itemIndex: items.index,
    ...byUser,
    ...indexByItem(byUser, items.names.length),
  };
}

/** The same data without the newest interaction of the given users; names and numbers stay. */
export function withoutLatest(dataset: Dataset, users: Iterable<number>): Dataset {
  const dropped = new Uint8Array(dataset.size);
  for (const user of users) {
    const end = dataset.userStart[user + 1]!;
    if (end > dataset.userStart[user]!) dropped[end - 1] = 1;
  }
  return withoutMarked(dataset, dropped);
}

/** The same data without the interactions at the positions of `userItem` that are marked with 1; names and numbers stay. */
export function withoutMarked(dataset: Dataset, dropped: Uint8Array): Dataset {
  const userStart = new Int32Array(dataset.userStart.length);
  for (let user = 0; user + 1 < userStart.length; user++) {
    let kept = userStart[user]!;
    for (let at = dataset.userStart[user]!; at < dataset.userStart[user + 1]!; at++) kept += 1 - dropped[at]!;
    userStart[user + 1] = kept;
  }
  const isKept = (_: number, at: number) => dropped[at] === 0;
  const byUser = {
    size: userStart[userStart.length - 1]!,
    userStart,
    userItem: dataset.userItem.filter(isKept),
    userWeight: dataset.userWeight.filter(isKept),
    userTime: dataset.userTime.filter(isKept),
  };
  return { ...dataset, ...byUser, ...indexByItem(byUser, dataset.items.length) };
}

type ByUser = Pick<Dataset, 'size' | 'userStart' | 'userItem' | 'userWeight' | 'userTime'>;

function readColumns(rows: Iterable<TrainingRow>, users: StringTable, items: StringTable): RowColumns {
  const columns = makeRowColumns();
  for (const row of rows) {
    if (!(row.weight > 0) || !Number.isFinite(row.weight) || !Number.isFinite(row.at)) continue;
    makeRoom(columns);
    const at = columns.size++;
    columns.user[at] = numberOf(users, row.user);
    columns.item[at] = numberOf(items, row.item);
    columns.weight[at] = row.weight;
    columns.at[at] = row.at;
  }
  return columns;
}

/** Row numbers grouped by user, each group by time: a counting sort, then a stable sort within each user. */
function orderByUserAndTime(columns: RowColumns, users: number): { start: Int32Array; rows: Int32Array } {
  const { start, entries } = groupBy(columns.user, columns.size, users);
  for (let user = 0; user < users; user++) {
    entries.subarray(start[user]!, start[user + 1]!).sort((a, b) => columns.at[a]! - columns.at[b]! || a - b);
  }
  return { start, rows: entries };
}

/** Positions 0..size-1 grouped by key: `entries[start[k] .. start[k + 1])` are those of key k, in rising order. */
function groupBy(keys: Int32Array, size: number, groups: number): { start: Int32Array; entries: Int32Array } {
  const start = new Int32Array(groups + 1);
  for (let at = 0; at < size; at++) start[keys[at]! + 1]! += 1;
  for (let group = 0; group < groups; group++) start[group + 1]! += start[group]!;
  const next = start.slice(0, groups);
  const entries = new Int32Array(size);
  for (let at = 0; at < size; at++) {
    const group = keys[at]!;
    entries[next[group]!] = at;
    next[group]! += 1;
  }
  return { start, entries };
}

type Ordered = {
  columns: RowColumns;
  order: { start: Int32Array; rows: Int32Array };
  users: number;
  items: number;
};

/** Walks each user from the newest row back, so that the first sight of an item is its latest time. */
function keepLatestPerItem({ columns, order, users, items }: Ordered): ByUser {
  const kept = new Int32Array(columns.size);
  const userStart = new Int32Array(users + 1);
  const seenBy = new Int32Array(items).fill(-1);
  const keptRow = new Int32Array(items);
  const weight = columns.weight.slice(0, columns.size);
  let size = 0;
  for (let user = 0; user < users; user++) {
    const first = size;
    for (let at = order.start[user + 1]! - 1; at >= order.start[user]!; at--) {
      const row = order.rows[at]!;
      const item = columns.item[row]!;
      if (seenBy[item] === user) {
        weight[keptRow[item]!] = Math.max(weight[keptRow[item]!]!, weight[row]!);
        continue;
      }
      seenBy[item] = user;
      keptRow[item] = row;
      kept[size++] = row;
    }
    kept.subarray(first, size).reverse();
    userStart[user + 1] = size;
  }
  const rows = kept.subarray(0, size);
  return {
    size,
    userStart,
    userItem: Int32Array.from(rows, (row) => columns.item[row]!),
    userWeight: Float32Array.from(rows, (row) => weight[row]!),
    userTime: Float64Array.from(rows, (row) => columns.at[row]!),
  };
}

function indexByItem(
  byUser: ByUser,
  items: number,
): Pick<Dataset, 'itemStart' | 'itemUser' | 'itemPosition'> {
  const { start, entries } = groupBy(byUser.userItem, byUser.size, items);
  const userOf = new Int32Array(byUser.size);
  for (let user = 0; user + 1 < byUser.userStart.length; user++) {
    userOf.fill(user, byUser.userStart[user]!, byUser.userStart[user + 1]!);
  }
  return {
    itemStart: start,
    itemUser: Int32Array.from(entries, (position) => userOf[position]!),
    itemPosition: entries,
  };
}
