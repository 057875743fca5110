import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { type CsvError, type Info, parse } from 'csv-parse';

/** One row of a file: its values by column, or why it cannot be read. Lines count from 1, the header included. */
export type Row = { readonly line: number } & (
  | { readonly values: Readonly<Record<string, unknown>> }
  | { readonly fault: string }
);

type Format = { readonly kind: 'jsonl' } | { readonly kind: 'table'; readonly delimiter: string };

const SNIFFED_BYTES = 4_096;

const byExtension: Record<string, Format> = {
  '.jsonl': { kind: 'jsonl' },
  '.ndjson': { kind: 'jsonl' },
  '.tsv': { kind: 'table', delimiter: '\t' },
};

const firstLine = async (file: string): Promise<string> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
    return (
      buffer
        .toString('utf8', 0, bytesRead)
        .replace(/^\uFEFF/, '')
        .split('\n', 1)[0] ?? ''
    );
  } finally {
    await handle.close();
  }
};

/** By the name's extension, else by the first line: a brace means JSON lines, otherwise its commonest separator counts. */
const formatOf = async (file: string): Promise<Format> => {
  const known = byExtension[extname(file).toLowerCase()];
  if (known) return known;
  const line = await firstLine(file);
  if (line.trimStart().startsWith('{')) return { kind: 'jsonl' };
  const count = (separator: string) => line.split(separator).length;
  const [delimiter = ','] = [',', '\t', ';'].sort((a, b) => count(b) - count(a));
  return { kind: 'table', delimiter };
};

const parsedLine = (text: string, line: number): Row => {
  try {
    const values: unknown = JSON.parse(text);
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) {
      return { line, values: values as Record<string, unknown> };
    }
    return { line, fault: 'is not a JSON object' };
  } catch {
    return { line, fault: 'is not valid JSON' };
  }
};

async function* jsonRows(file: string): AsyncGenerator<Row> {
  let line = 0;
  for await (const text of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1;
    if (text.trim() !== '') yield parsedLine(text, line);
  }
}

async function* tableRows(file: string, delimiter: string): AsyncGenerator<Row> {
  const faults: Row[] = [];
  const parser = parse({
    bom: true,
    columns: true,
    delimiter,
    info: true,
    quote: delimiter === '\t' ? null : '"',
    skip_empty_lines: true,
    trim: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      faults.push({ line: Number(error?.lines ?? 0), fault: error?.message ?? 'cannot be read' });
      return undefined;
    },
  });
  const source = createReadStream(file);
  source.on('error', (error) => parser.destroy(error));
  for await (const { record, info } of source.pipe(parser)) {
    yield* faults.splice(0);
    yield { line: (info as Info).lines, values: record as Record<string, string> };
  }
  yield* faults.splice(0);
}

/** Reads a file of interactions or items row by row, whatever its format. */
export async function* readRows(file: string): AsyncGenerator<Row> {
  const format = await formatOf(file);
  yield* format.kind === 'jsonl' ? jsonRows(file) : tableRows(file, format.delimiter);
}
