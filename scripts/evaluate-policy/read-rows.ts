import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { BadInput } from '../evaluate/bad-input.ts';
import { separatorOf } from '../evaluate-users/read-table.ts';

const FIRST_BYTES = 65_536;

/** A file cannot be read; named as it was on the command line. */
const unreadable = (file: string, error: unknown): BadInput =>
  error instanceof BadInput ? error : new BadInput(`${file} cannot be read: ${(error as Error).message}`);

/** The beginning of a file, without a byte order mark. @throws BadInput */
export const beginningOf = async (file: string): Promise<string> => {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
      return buffer.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '');
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
};

/** What reads a file row by row: first its header, then every row of as many fields, counted from 1. */
export type RowReader = {
  readonly onHeader: (header: readonly string[]) => void;
  readonly onRow: (fields: readonly string[], row: number) => void;
};

const headerOf = (record: readonly string[], file: string): string[] => {
  const header = record.map((name) => name.trim());
  const twice = header.find((name, at) => header.indexOf(name) !== at);
  if (twice !== undefined) throw new BadInput(`${file}: the header names ${JSON.stringify(twice)} twice`);
  return header;
};

/**
 * Reads a file of comma, semicolon, tab or bar separated rows, however long it is. Answers how many rows were left out because
 * they have another number of fields than the header.
 *
 * @throws BadInput for a file that is not there, is empty, or has quotes that never close
 */
export const readRows = async (file: string, { onHeader, onRow }: RowReader): Promise<number> => {
  const delimiter = separatorOf(await beginningOf(file));
  const options = { delimiter, relax_column_count: true, skip_empty_lines: true, bom: true };
  const records = createReadStream(file).pipe(parse(options));
  let fields = 0;
  let row = 0;
  let skipped = 0;
  try {
    for await (const record of records as AsyncIterable<string[]>) {
      if (fields === 0) {
        onHeader(headerOf(record, file));
        fields = record.length;
        continue;
      }
      row += 1;
      if (record.length === fields) onRow(record, row);
      else skipped += 1;
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  if (fields === 0) throw new BadInput(`${file} is empty`);
  return skipped;
};
