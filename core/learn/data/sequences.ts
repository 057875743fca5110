import type { NumberedRows } from './dataset.ts';

/**
 * Who did what in which order, repeats kept: `item[start[s] .. start[s + 1])` are the items of session (or user) s, oldest
 * first, and `time` their times. Numbers are those of the data set that is built from the same rows.
 */
export type Sequences = {
  readonly names: readonly string[];
  readonly items: readonly string[];
  readonly size: number;
  readonly start: Int32Array;
  readonly item: Int32Array;
  readonly time: Float64Array;
};

/** Orders numbered rows by session and time; equal times keep the order of rows. */
export function sequencesOfColumns({ columns, users, items }: NumberedRows): Sequences {
  const start = new Int32Array(users.names.length + 1);
  for (let row = 0; row < columns.size; row++) start[columns.user[row]! + 1]! += 1;
  for (let at = 1; at < start.length; at++) start[at]! += start[at - 1]!;
  const next = start.slice(0, -1);
  const rows = new Int32Array(columns.size);
  for (let row = 0; row < columns.size; row++) {
    const session = columns.user[row]!;
    rows[next[session]!] = row;
    next[session]! += 1;
  }
  for (let session = 0; session + 1 < start.length; session++) {
    rows
      .subarray(start[session]!, start[session + 1]!)
      .sort((a, b) => columns.at[a]! - columns.at[b]! || a - b);
  }
  return {
    names: users.names,
    items: items.names,
    size: columns.size,
    start,
    item: Int32Array.from(rows, (row) => columns.item[row]!),
    time: Float64Array.from(rows, (row) => columns.at[row]!),
  };
}

/** The sessions for which `isKept` holds; all others become empty, so that names and numbers stay. */
export function keepSequences(sequences: Sequences, isKept: (session: number) => boolean): Sequences {
  const { start } = sequences;
  const kept = new Int32Array(start.length);
  const positions: number[] = [];
  for (let session = 0; session + 1 < start.length; session++) {
    if (isKept(session)) for (let at = start[session]!; at < start[session + 1]!; at++) positions.push(at);
    kept[session + 1] = positions.length;
  }
  return {
    ...sequences,
    size: positions.length,
    start: kept,
    item: Int32Array.from(positions, (at) => sequences.item[at]!),
    time: Float64Array.from(positions, (at) => sequences.time[at]!),
  };
}
