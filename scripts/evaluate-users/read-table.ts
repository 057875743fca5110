import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { BadInput } from '../evaluate/bad-input.ts';

/** A file of rows with a header, as texts. `skipped` rows had another number of fields than the header. */
export type TextTable = { header: string[]; rows: string[][]; skipped: number; separator: string };

const SEPARATORS = [',', ';', '\t', '|'];

/** Whichever separator cuts the first line into the most fields, outside of quotes. */
export const separatorOf = (text: string): string => {
  const line = text.slice(0, text.search(/\r|\n|$/)).replaceAll(/"(?:[^"]|"")*"/g, '');
  const fields = (separator: string): number => line.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (fields(separator) > fields(best) ? separator : best));
};

/** @throws BadInput for an empty file, a header with a name twice, or quotes that never close */
export const parseTable = (content: string): TextTable => {
  const text = content.replace(/^\uFEFF/, '');
  const separator = separatorOf(text);
  const records = recordsOf(text, separator);
  const header = (records.shift() ?? []).map((name) => name.trim());
  if (header.length === 0) throw new BadInput('the file is empty');
  const twice = header.find((name, j) => header.indexOf(name) !== j);
  if (twice !== undefined) throw new BadInput(`the header names ${JSON.stringify(twice)} twice`);
  const rows = records.filter((record) => record.length === header.length);
  return { header, rows, skipped: records.length - rows.length, separator };
};

const recordsOf = (text: string, separator: string): string[][] => {
  try {
    return parse(text, { delimiter: separator, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw new BadInput(`the file cannot be read: ${(error as Error).message}`);
  }
};

/** Reads and parses a file of comma, semicolon, tab or bar separated rows. */
export const readTable = async (file: string): Promise<TextTable> => parseTable(await readFile(file, 'utf8'));
