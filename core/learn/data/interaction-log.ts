import { makeStringTable, numberOf, type StringTable } from '../../numbers/string-table.ts';
import type { TrainingRow } from '../types.ts';
import { makeRoom, makeRowColumns, type RowColumns } from './row-columns.ts';

/** Rows as they were read, in typed columns: what data sets are cut from. */
export type InteractionLog = { users: StringTable; items: StringTable; columns: RowColumns };

/** A log without rows. */
export function makeInteractionLog(): InteractionLog {
  return { users: makeStringTable(), items: makeStringTable(), columns: makeRowColumns() };
}

/** Adds a row; answers false and leaves it out where the weight is not a positive number or the time is none. */
export function addRow({ users, items, columns }: InteractionLog, row: TrainingRow): boolean {
  if (!(row.weight > 0) || !Number.isFinite(row.weight) || !Number.isFinite(row.at)) return false;
  makeRoom(columns);
  const at = columns.size++;
  columns.user[at] = numberOf(users, row.user);
  columns.item[at] = numberOf(items, row.item);
  columns.weight[at] = row.weight;
  columns.at[at] = row.at;
  return true;
}

/** The rows before a moment, under the same numbers of users and items. */
export function rowsBefore({ users, items, columns }: InteractionLog, moment: number): InteractionLog {
  let size = 0;
  for (let row = 0; row < columns.size; row++) if (columns.at[row]! < moment) size += 1;
  const kept: RowColumns = {
    user: new Int32Array(size),
    item: new Int32Array(size),
    weight: new Float32Array(size),
    at: new Float64Array(size),
    size: 0,
  };
  for (let row = 0; row < columns.size; row++) {
    if (!(columns.at[row]! < moment)) continue;
    const to = kept.size++;
    kept.user[to] = columns.user[row]!;
    kept.item[to] = columns.item[row]!;
    kept.weight[to] = columns.weight[row]!;
    kept.at[to] = columns.at[row]!;
  }
  return { users, items, columns: kept };
}
