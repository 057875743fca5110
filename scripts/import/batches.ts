import type { Row } from './read-rows.ts';
import type { Reject } from './rejects.ts';

/** One thing to send, with the line that it comes from. */
export type Entry = { readonly line: number; readonly payload: unknown };

/** A run of rows: what to send of them, what cannot be sent, and the number of the first row after them. */
export type Batch = {
  readonly index: number;
  readonly entries: readonly Entry[];
  readonly rejected: readonly Reject[];
  readonly endRow: number;
};

type Batching = {
  /** The payload of a row, or why it has none. */
  readonly map: (
    values: Readonly<Record<string, unknown>>,
    line: number,
  ) => { payload: unknown } | { fault: string };
  /** Entries in a batch, at most. */
  readonly size: number;
  /** Rows to leave out: they were imported before. */
  readonly skip: number;
};

/** Below the 6 MB that a Lambda takes, with room for the envelope. */
const LARGEST_BATCH_BYTES = 4_000_000;

const entryOf = (row: Row, map: Batching['map']): Entry | Reject => {
  const mapped = 'fault' in row ? row : map(row.values, row.line);
  return 'fault' in mapped
    ? { line: row.line, reason: mapped.fault }
    : { line: row.line, payload: mapped.payload };
};

/** Cuts rows into batches, in their order. */
export async function* batches(
  rows: AsyncIterable<Row>,
  { map, size, skip }: Batching,
): AsyncGenerator<Batch> {
  let [index, row, bytes] = [0, 0, 0];
  let entries: Entry[] = [];
  let rejected: Reject[] = [];
  const cut = (): Batch => {
    const batch = { index, entries, rejected, endRow: row };
    [index, bytes, entries, rejected] = [index + 1, 0, [], []];
    return batch;
  };
  for await (const next of rows) {
    if (row < skip) {
      row += 1;
      continue;
    }
    const entry = entryOf(next, map);
    const length = 'payload' in entry ? JSON.stringify(entry.payload).length : 0;
    if (entries.length > 0 && bytes + length > LARGEST_BATCH_BYTES) yield cut();
    if ('payload' in entry) entries.push(entry);
    else rejected.push(entry);
    bytes += length;
    row += 1;
    if (entries.length + rejected.length >= size) yield cut();
  }
  if (entries.length + rejected.length > 0) yield cut();
}
