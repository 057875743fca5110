import { Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';

/** Rows that are written one JSON document a line. */
export type Rows = Iterable<unknown> | AsyncIterable<unknown>;

const LINES_PER_CHUNK = 512;

/** Joins rows to chunks of many lines, since one small chunk per row makes the compressor many times slower. */
async function* chunks(rows: Rows, counted: { rows: number }): AsyncGenerator<string> {
  let lines: string[] = [];
  for await (const row of rows) {
    counted.rows += 1;
    lines.push(JSON.stringify(row));
    if (lines.length < LINES_PER_CHUNK) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}

/** Compresses rows to one buffer of gzipped JSON lines; answers it with the number of rows. */
export const gzipJsonLines = async (rows: Rows): Promise<{ body: Buffer; rows: number }> => {
  const counted = { rows: 0 };
  const source = Readable.from(chunks(rows, counted));
  const gzip = createGzip({ level: 3 });
  source.on('error', (error) => gzip.destroy(error));
  const parts: Buffer[] = [];
  for await (const part of source.pipe(gzip)) parts.push(part as Buffer);
  return { body: Buffer.concat(parts), rows: counted.rows };
};

/** Reads gzipped JSON lines from a stream, one parsed document at a time. */
export async function* parseGzipJsonLines(stream: Readable): AsyncGenerator<unknown> {
  const gunzip = createGunzip();
  stream.on('error', (error) => gunzip.destroy(error));
  let rest = '';
  for await (const part of stream.pipe(gunzip).setEncoding('utf8')) {
    const lines = (rest + (part as string)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line);
  }
  if (rest !== '') yield JSON.parse(rest);
}
