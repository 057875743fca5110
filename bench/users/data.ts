import { existsSync } from 'node:fs';
import path from 'node:path';

const DATA = process.env.ATTUNE_DATA ?? path.resolve(import.meta.dirname, '../../../shared/data');

/** The path of a data file; undefined, with a word, where it is not there. */
export const dataFile = (name: string): string | undefined => {
  const file = path.join(DATA, name);
  if (existsSync(file)) return file;
  console.log(`${file} is not there: skipped`);
  return undefined;
};

/** What `work` gives, and the seconds that it took. */
export const timed = <T>(work: () => T): { result: T; seconds: number } => {
  const start = performance.now();
  const result = work();
  return { result, seconds: (performance.now() - start) / 1000 };
};
