import { closeSync, openSync, readSync } from 'node:fs';
import { BadInput } from './bad-input.ts';

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 10;
const RETURN = 13;

/** Where one line stands in a buffer, without its end; valid until the next line. */
export type OnLine = (buffer: Buffer, start: number, end: number, line: number) => void;

/**
 * Calls back with every line of a file, however long the file is; lines count from 1. A byte order mark and carriage returns are left
 * out. Throws `BadInput` where the file cannot be read.
 */
export function eachLine(file: string, onLine: OnLine): void {
  const descriptor = open(file);
  let buffer = Buffer.allocUnsafe(2 * CHUNK_BYTES);
  let held = 0;
  let line = 0;
  try {
    for (;;) {
      if (buffer.length - held < CHUNK_BYTES) buffer = Buffer.concat([buffer], 2 * buffer.length);
      const read = readSync(descriptor, buffer, held, CHUNK_BYTES, null);
      if (read === 0) break;
      const filled = held + read;
      let start = 0;
      for (;;) {
        const end = buffer.indexOf(NEWLINE, start);
        if (end < 0 || end >= filled) break;
        line += 1;
        emit(buffer, { start, end, line }, onLine);
        start = end + 1;
      }
      buffer.copyWithin(0, start, filled);
      held = filled - start;
    }
    if (held > 0) emit(buffer, { start: 0, end: held, line: line + 1 }, onLine);
  } finally {
    closeSync(descriptor);
  }
}

type Span = { start: number; end: number; line: number };

function emit(buffer: Buffer, { start, end, line }: Span, onLine: OnLine): void {
  const last = end > start && buffer[end - 1] === RETURN ? end - 1 : end;
  const marked =
    line === 1 && buffer[start] === 0xef && buffer[start + 1] === 0xbb && buffer[start + 2] === 0xbf;
  onLine(buffer, marked ? start + 3 : start, last, line);
}

function open(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw new BadInput(`${file} cannot be read: ${(error as Error).message}`);
  }
}
