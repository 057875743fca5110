import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { BadInput } from '../evaluate/bad-input.ts';
import { separatorOf } from '../evaluate-users/read-table.ts';

const SNIFFED = 65_536;

const streamOf = (file: string): AsyncIterable<Buffer> => {
  const source = createReadStream(file);
  if (!file.endsWith('.gz')) return source;
  // Whoever stops reading closes the file too; faults come to the reader.
  return pipeline(source, createGunzip(), () => {});
};

const separatorIn = async (file: string): Promise<string> => {
  let text = '';
  for await (const part of streamOf(file)) {
    text += part.toString('utf8');
    if (text.length >= SNIFFED || /[\r\n]/.test(text)) break;
  }
  if (text.trim() === '') throw new BadInput(`${file}: the file is empty`);
  return separatorOf(text.replace(/^\uFEFF/, ''));
};

/** Rows of a file one after the other, the header first. @throws BadInput for what cannot be read, naming file and line */
export async function* readRows(file: string): AsyncGenerator<string[]> {
  try {
    const delimiter = await separatorIn(file);
    const parser = parse({ bom: true, delimiter, skip_empty_lines: true, trim: true });
    const feed = async (): Promise<void> => {
      for await (const part of streamOf(file)) {
        if (!parser.write(part)) await new Promise((resolve) => parser.once('drain', resolve));
      }
      parser.end();
    };
    feed().catch((error: Error) => parser.destroy(error));
    for await (const row of parser) yield row as string[];
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(`${file}: ${(error as Error).message}`);
  }
}
