import { once } from 'node:events';
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

/** Takes rows one by one; `close` stores them and answers how many rows and compressed bytes there are. */
export type LineWriter = {
  write(row: unknown): Promise<void>;
  close(): Promise<{ rows: number; bytes: number }>;
};

/** Compresses rows as they come to one buffer of gzipped JSON lines. */
export const gzipLineWriter = () => {
  const gzip = createGzip({ level: 3 });
  const parts: Buffer[] = [];
  gzip.on('data', (part: Buffer) => void parts.push(part));
  const ended = once(gzip, 'end');
  let lines: string[] = [];
  let rows = 0;
  const flush = async (): Promise<void> => {
    if (lines.length === 0) return;
    const chunk = `${lines.join('\n')}\n`;
    lines = [];
    if (!gzip.write(chunk)) await once(gzip, 'drain');
  };
  return {
    write: async (row: unknown): Promise<void> => {
      rows += 1;
      if (lines.push(JSON.stringify(row)) >= LINES_PER_CHUNK) await flush();
    },
    close: async (): Promise<{ body: Buffer; rows: number }> => {
      await flush();
      gzip.end();
      await ended;
      return { body: Buffer.concat(parts), rows };
    },
  };
};

/** Reads lines of text from a gzipped stream, as many at a time as one piece of it holds. */
export async function* readGzipLines(stream: Readable): AsyncGenerator<string[]> {
  const gunzip = createGunzip();
  stream.on('error', (error) => gunzip.destroy(error));
  let rest = '';
  for await (const part of stream.pipe(gunzip).setEncoding('utf8')) {
    const lines = (rest + (part as string)).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [rest];
}

/** Reads gzipped JSON lines from a stream, one parsed document at a time. */
export async function* parseGzipJsonLines(stream: Readable): AsyncGenerator<unknown> {
  for await (const lines of readGzipLines(stream)) for (const line of lines) yield JSON.parse(line);
}
