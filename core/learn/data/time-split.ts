import { datasetOfColumns } from './dataset.ts';
import type { Holdout } from './holdout.ts';
import { type InteractionLog, rowsBefore } from './interaction-log.ts';
import type { RowColumns } from './row-columns.ts';

/** What users did from a moment on, held back: `train` knows only what was before it. */
export type TimeSplit = Holdout & {
  /** The moment, on the clock of the rows. */
  at: number;
  /** Every new item of `users[k]` after the moment, first one first: `targets[k][0]` is `heldBack[k]`. */
  targets: Int32Array[];
  /** When the first of them was chosen. */
  firstAt: Float64Array;
};

/** Items of one user that are looked at behind the moment. */
const MOST_TARGETS = 50;
/** Times that a quantile is taken of. */
const SAMPLED_TIMES = 100_000;

/** The time before which this share of the rows (at least) happened, or Infinity without rows. */
export function timeQuantile({ columns }: InteractionLog, share: number): number {
  if (columns.size === 0) return Number.POSITIVE_INFINITY;
  const size = Math.min(columns.size, SAMPLED_TIMES);
  const times = Float64Array.from(
    { length: size },
    (_, n) => columns.at[Math.floor((n * columns.size) / size)]!,
  );
  times.sort();
  return times[Math.min(size - 1, Math.floor(share * size))]!;
}

/**
 * Cuts at a moment: at most `most` users, spread evenly over all who did something before it and chose something new from
 * then on. A repeat of what they chose before is no target.
 */
export function splitByTime(log: InteractionLog, at: number, most: number): TimeSplit {
  const train = datasetOfColumns(rowsBefore(log, at));
  const later = rowsFrom(log.columns, at, train.users.length);
  const able: number[] = [];
  for (let user = 0; user < train.users.length; user++) {
    const isKnown = train.userStart[user + 1]! > train.userStart[user]!;
    if (isKnown && later.start[user + 1]! > later.start[user]!) able.push(user);
  }
  const found: { user: number; targets: number[]; firstAt: number }[] = [];
  for (const user of able) {
    const own = new Set(train.userItem.subarray(train.userStart[user]!, train.userStart[user + 1]!));
    const rows = later.rows.subarray(later.start[user]!, later.start[user + 1]!);
    const first = rows.findIndex((row) => !own.has(log.columns.item[row]!));
    if (first < 0) continue;
    const fresh = [...new Set(Array.from(rows, (row) => log.columns.item[row]!))].filter(
      (item) => !own.has(item),
    );
    found.push({ user, targets: fresh.slice(0, MOST_TARGETS), firstAt: log.columns.at[rows[first]!]! });
  }
  const size = Math.min(most, found.length);
  const chosen = Array.from({ length: size }, (_, n) => found[Math.floor((n * found.length) / size)]!);
  return {
    at,
    train,
    users: Int32Array.from(chosen, ({ user }) => user),
    heldBack: Int32Array.from(chosen, ({ targets }) => targets[0]!),
    targets: chosen.map(({ targets }) => Int32Array.from(targets)),
    firstAt: Float64Array.from(chosen, ({ firstAt }) => firstAt),
  };
}

/** How many users have rows on both sides of a moment: about as many as a split there holds back. */
export function usersAcross({ users, columns }: InteractionLog, at: number): number {
  const sides = new Uint8Array(users.names.length);
  for (let row = 0; row < columns.size; row++) sides[columns.user[row]!]! |= columns.at[row]! < at ? 1 : 2;
  return sides.reduce((count, side) => count + (side === 3 ? 1 : 0), 0);
}

/** Numbers of the rows from a moment on, grouped by user, oldest first. */
function rowsFrom(columns: RowColumns, at: number, users: number): { start: Int32Array; rows: Int32Array } {
  const start = new Int32Array(users + 1);
  for (let row = 0; row < columns.size; row++)
    if (columns.at[row]! >= at) start[columns.user[row]! + 1]! += 1;
  for (let user = 0; user < users; user++) start[user + 1]! += start[user]!;
  const rows = new Int32Array(start[users]!);
  const next = start.slice(0, users);
  for (let row = 0; row < columns.size; row++) {
    if (columns.at[row]! < at) continue;
    const user = columns.user[row]!;
    rows[next[user]!] = row;
    next[user]! += 1;
  }
  for (let user = 0; user < users; user++) {
    rows.subarray(start[user]!, start[user + 1]!).sort((a, b) => columns.at[a]! - columns.at[b]! || a - b);
  }
  return { start, rows };
}
